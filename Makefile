# Frontdesk. `make run` starts it with a demo shop, `make test` runs every test.
# Both need Go and nothing else: what is missing they install (Debian, Ubuntu)
# or tell you how to (elsewhere).

GO ?= go
BIN := .frontdesk/bin
# Packages to test, and more flags for go test: make test PKG=./knowledge/... TESTFLAGS='-run Import -v'
PKG ?= ./...
TESTFLAGS ?=
# Arguments for the commands below: make evals ARGS='--set search'
ARGS ?=
SCREENSHOTS ?= screenshots

.PHONY: run test screenshots evals bench build withpg
.DEFAULT_GOAL := run

# The demo: http://localhost:8080 (FRONTDESK_LISTEN and FRONTDESK_HOME move it).
run: build
	@exec $(BIN)/frontdesk demo $(ARGS)

# Every test with the race detector, the browser's included. Two packages at a
# time: several of them count seconds.
test: withpg
	@CGO_ENABLED=1 exec $(BIN)/withpg --gcc --chromium -- $(GO) test -race -p 2 -timeout 40m $(TESTFLAGS) $(PKG)

# Pictures of the pages, taken by the browser tests while they walk through
# them: make screenshots SCREENSHOTS=/somewhere
screenshots: withpg
	@mkdir -p "$(SCREENSHOTS)"
	@FRONTDESK_SCREENSHOTS="$(abspath $(SCREENSHOTS))" exec $(BIN)/withpg --chromium -- \
		$(GO) test -count=1 -timeout 20m -run 'Walk|Browser|Screenshot' $(TESTFLAGS) $(PKG)

# How good the judgement is, and how fast the program, each on a private cluster.
evals bench: build
	@exec $(BIN)/frontdesk $@ $(ARGS)

build:
	@CGO_ENABLED=0 $(GO) build -o $(BIN)/frontdesk ./cmd/frontdesk

withpg:
	@CGO_ENABLED=0 $(GO) build -o $(BIN)/withpg ./cmd/withpg
