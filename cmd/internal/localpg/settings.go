package localpg

import (
	"fmt"
	"runtime"
)

// maxSocketPath is what the system allows for the path of a unix socket.
func maxSocketPath() int {
	if runtime.GOOS == "linux" {
		return 107
	}
	return 103
}

// settings are the server's arguments.
func (c *Cluster) settings() ([]string, error) {
	args := []string{"-D", c.place.data()}
	set := func(name, format string, values ...any) {
		args = append(args, "-c", name+"="+fmt.Sprintf(format, values...))
	}
	if len(c.place.file(".s.PGSQL.5432.lock")) <= maxSocketPath() {
		set("listen_addresses", "")
		set("unix_socket_directories", "%s", c.place.dir)
		set("unix_socket_permissions", "0700")
		set("port", "%d", socketPort)
	} else {
		port, err := c.loopbackPort()
		if err != nil {
			return nil, err
		}
		set("listen_addresses", "127.0.0.1")
		set("unix_socket_directories", "")
		set("port", "%d", port)
	}
	set("timezone", "UTC")
	set("jit", "off") // our statements are short; compiling them costs more than it gains
	// pgvector before 0.8.2 can leak between tables in parallel index builds.
	set("max_parallel_maintenance_workers", "0")
	// What shoppers wrote stands in statements and in the details of errors.
	set("log_min_error_statement", "panic")
	set("log_error_verbosity", "terse")
	set("log_min_messages", "warning")
	if !c.ephemeral {
		set("max_connections", "200")
		return args, nil
	}
	set("max_connections", "300")
	set("fsync", "off")
	set("full_page_writes", "off")
	set("shared_buffers", "256MB")
	set("max_wal_size", "4GB")
	set("max_locks_per_transaction", "256") // many databases and schemas, dropped at once
	set("autovacuum_naptime", "10min")      // databases of tests do not live that long
	return args, nil
}
