package localpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"frontdesk/cmd/internal/localpg/apt"
)

// ErrByHand says that this machine has to be set up by a person; the error's
// text holds the commands.
var ErrByHand = errors.New("PostgreSQL and pgvector cannot be installed from here")

// archives are the releases of a distribution whose source package of
// pgvector serves where the machine's own release has none that is new
// enough: the newest first, because versions before 0.8.4 have known faults
// in HNSW vacuum and before 0.8.2 in parallel index builds.
var archives = map[string]struct {
	suites     []string
	components string
	keyring    string
}{
	"debian": {[]string{"forky", "trixie"}, "main", "/usr/share/keyrings/debian-archive-keyring.gpg"},
	"ubuntu": {[]string{"resolute"}, "main universe", "/usr/share/keyrings/ubuntu-archive-keyring.gpg"},
}

// Install puts PostgreSQL and pgvector on a Debian or Ubuntu machine, as root
// or through sudo: the distribution's packages where they are new enough,
// otherwise pgvector built from the source package of a later release of the
// same distribution. Elsewhere it returns ErrByHand with the commands.
func Install(ctx context.Context, progress io.Writer) error {
	if _, err := Find(ctx); err == nil {
		return nil
	}
	distro, ok := apt.ThisDistro()
	if !ok || !apt.Available() {
		return fmt.Errorf("%w: %s", ErrByHand, byHand())
	}
	fmt.Fprintln(progress, "PostgreSQL with pgvector is missing here: installing it with apt, this takes a minute ...")
	update := apt.Run(ctx, apt.UpdateScript)
	if update != nil && !errors.Is(update, apt.ErrNoRoot) {
		return fmt.Errorf("install PostgreSQL: %w", update)
	}
	script, err := installScript(ctx, distro)
	if err != nil {
		return err
	}
	if update != nil { // a person will run it: the lists may be old
		script = apt.UpdateScript + script
	}
	if err := apt.Run(ctx, script); err != nil {
		return fmt.Errorf("install PostgreSQL and pgvector: %w", err)
	}
	s, err := Find(ctx)
	if err != nil {
		return fmt.Errorf("after installing: %w", err)
	}
	fmt.Fprintf(progress, "installed: PostgreSQL %s with pgvector %s\n", s.Version, s.Vector)
	return nil
}

// installScript is what Install runs as root, or a person does.
func installScript(ctx context.Context, distro apt.Distro) (string, error) {
	major, fresh := installedMajor(ctx), false
	if major == 0 {
		numbers := numbers(apt.Candidate(ctx, "postgresql"))
		if major, fresh = numbers[0], true; major < minMajor {
			return "", fmt.Errorf("%w: this release has no PostgreSQL %d or later; set DATABASE_URL to one", ErrByHand, minMajor)
		}
	}
	server := fmt.Sprintf("postgresql-%d", major)
	script := ""
	if fresh {
		script += noMainCluster
	}
	packaged := apt.Candidate(ctx, server+"-pgvector")
	if packaged != "" && !versionLess(packaged, minVector) {
		return script + apt.InstallScript(server, server+"-pgvector"), nil
	}
	script += apt.InstallScript(server, fmt.Sprintf("postgresql-server-dev-%d", major), "gcc", "libc6-dev", "make")
	return script + buildScript(distro, major), nil
}

// installedMajor is the newest PostgreSQL here that is new enough but has no
// pgvector; 0 without one.
func installedMajor(ctx context.Context) int {
	for _, s := range findAll(ctx) {
		if s.Major >= minMajor && strings.HasPrefix(s.BinDir, "/usr/lib/postgresql/") {
			return s.Major
		}
	}
	return 0
}

// noMainCluster keeps Debian's package from starting a server of its own,
// for which nobody asked, while the programs are being installed.
const noMainCluster = `C=/etc/postgresql-common/createcluster.d
mkdir -p $C
echo 'create_main_cluster = false' >$C/frontdesk-install.conf
trap "rm -f $C/frontdesk-install.conf" EXIT
`

// buildScript builds pgvector from a later release's source package, whose
// signature apt checks, without touching the machine's own package sources.
func buildScript(distro apt.Distro, major int) string {
	archive := archives[distro.ID]
	return fmt.Sprintf(`(
D=$(mktemp -d)
trap 'rm -rf "$D"' EXIT
for SUITE in %s; do
  B=$D/$SUITE
  mkdir -p $B/lists/partial $B/cache/archives/partial
  printf 'Types: deb-src\nURIs: %%s\nSuites: %%s\nComponents: %s\nSigned-By: %s\n' '%s' $SUITE >$B/pgvector.sources
  A="-qq -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts=$B -o Dir::State::Lists=$B/lists -o Dir::Cache=$B/cache -o APT::Sandbox::User=root"
  M="make -s -C $B/src with_llvm=no PG_CONFIG=/usr/lib/postgresql/%d/bin/pg_config"
  cd $B && apt-get $A update && apt-get $A source --download-only pgvector &&
    mkdir src && tar xf pgvector_*.orig.tar.* --strip-components=1 -C src &&
    $M -j$(nproc) OPTFLAGS= && $M install && exit 0
done
exit 1
)
`, strings.Join(archive.suites, " "), archive.components, archive.keyring, distro.Mirror, major)
}
