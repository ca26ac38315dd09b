# Sổ tay Bầu cử. The two commands: make run, make test.
SHELL := /bin/bash
GO    ?= go
DATA  ?= data
ADDR  ?= localhost:8080
VERSION := $(shell git describe --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)

# Rooms with goroutines are tested with the race detector.
RACED  := ./internal/store/... ./internal/accounts/... ./search/... ./quizzes/... ./web/...
# Rooms that store are tested on PostgreSQL too, when TEST_POSTGRES=<dsn> is set: one after
# the other, so that the many connections of one do not wait for the others.
STORED := ./internal/store/... ./internal/cite/... ./internal/accounts/... ./content/... ./quizzes/... ./search/... ./web/...

.PHONY: build run test format vet staticcheck unit postgres race check browser attack bench bench-search vet-bench screenshots fuzz need-cc need-node need-chromium

build: need-cc
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/portal ./cmd/portal

run: build
	./bin/portal serve --data $(DATA) --addr $(ADDR)

test: format vet staticcheck unit race postgres check browser

format:
	@bad=$$(gofmt -l cmd content internal quizzes search web); test -z "$$bad" || { echo "gofmt would change: $$bad"; exit 1; }

vet: need-cc vet-bench
	$(GO) vet ./...

# The comparison with other engines is a module of its own.
vet-bench: need-cc
	cd search/bench && $(GO) vet -tags sqlite_fts5 ./... && env -u TEST_POSTGRES -u PGDSN $(GO) test -tags sqlite_fts5 ./...

staticcheck: need-cc
	$(GO) tool staticcheck ./...

# The rooms without goroutines of their own; the others are tested under the race detector.
unit: need-cc
	env -u TEST_POSTGRES $(GO) test -timeout 30m $$(comm -23 <($(GO) list ./... | sort) <($(GO) list $(RACED) | sort))

race: need-cc
	env -u TEST_POSTGRES $(GO) test -race -timeout 30m $(RACED)

postgres: need-cc
	@if test -n "$$TEST_POSTGRES"; then set -x; $(GO) test -count=1 -p 1 -timeout 30m $(STORED); \
	else echo "TEST_POSTGRES is not set: the store tests ran on SQLite alone; with a server: make test TEST_POSTGRES=postgres://user@host/db"; fi

check: build
	./bin/portal check

browser: build need-node need-chromium web/browser/node_modules/.stamp
	cd web/browser && PORTAL=$(CURDIR)/bin/portal node --test --test-concurrency=1

# Hostile texts through every field and every view, in Chromium with the policy of the
# pages off. It takes minutes, so it is not part of the gate.
attack: build need-node need-chromium web/browser/node_modules/.stamp
	cd web/browser && PORTAL=$(CURDIR)/bin/portal node --test --test-concurrency=1 attack.suite.js attack.kinds.suite.js

screenshots: build need-node need-chromium web/browser/node_modules/.stamp
	cd web/browser && PORTAL=$(CURDIR)/bin/portal node screenshots.js $(CURDIR)/docs/screenshots
	cd web/browser && PORTAL=$(CURDIR)/bin/portal node manual.js $(CURDIR)/docs/screenshots

web/browser/node_modules/.stamp: web/browser/package-lock.json
	cd web/browser && npm ci --no-audit --no-fund --loglevel=error
	touch $@

# Figures for BENCHMARKS.md; machines differ, so compare rows with each other.
bench: need-cc
	@{ printf '# Benchmarks\n\n`make bench` wrote this page: Go benchmarks with allocations, three runs each. Figures of\n'; \
	printf 'one machine compare with each other only. `BenchmarkPage` goes through the whole server,\nmiddleware and compression included, without a network.\n\n```\n'; \
	$(GO) test -run '^$$' -bench . -benchmem -benchtime 1s -count 3 ./content ./search ./web ./internal/store | grep -E '^(goos|goarch|cpu|pkg|Benchmark)'; printf '```\n'; sed 's/^#/##/' docs/bench-search.md 2>/dev/null; } > BENCHMARKS.md
	@cat BENCHMARKS.md

# The search beside other engines, on a corpus that is no part of the repository:
#   make bench-search CORPUS=DIR SIZES="10000 100000" OUT=docs/bench-search.md; make bench
# PostgreSQL takes part when TEST_POSTGRES or PGDSN is set. WORK keeps the indexes for
# the next run. FLAGS="-engines portal,fts5 -passes 3" asks for less.
SIZES ?= 10000
WORK  ?= search/bench/.work
bench-search: need-cc
	@test -n "$(CORPUS)" || { echo 'Missing: CORPUS=DIR, the folder with corpus.jsonl.gz and queries.jsonl'; exit 1; }
	@cd search/bench && $(GO) build -trimpath -tags sqlite_fts5 -o $(CURDIR)/bin/search-bench .
	@./bin/search-bench -corpus "$(CORPUS)" -sizes "$(SIZES)" -work "$(WORK)" -out "$(OUT)" $(FLAGS)

# Each parser of foreign input, a short while each; longer with FUZZTIME=5m.
FUZZTIME ?= 20s
fuzz: need-cc
	@for pkg in $$($(GO) list ./...); do for f in $$($(GO) test -list '^Fuzz' $$pkg 2>/dev/null | grep '^Fuzz'); do \
		echo "$$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; done; done

# What a fresh Debian lacks is installed by apt, as root or with sudo; elsewhere
# the line to run is said.
define need
	@$(1) >/dev/null 2>&1 || { \
	if command -v apt-get >/dev/null && { test $$(id -u) = 0 || sudo -n true 2>/dev/null; }; then \
		run=; test $$(id -u) = 0 || run=sudo; \
		$$run apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$run apt-get install -y -qq $(2) >/dev/null && $(1) >/dev/null 2>&1; \
	else echo "Missing: $(2). On Debian: sudo apt-get install $(2)"; exit 1; fi; }
endef

need-cc:
	$(call need,command -v cc,gcc libc6-dev)
need-node:
	$(call need,command -v npm,nodejs npm)
	@node -e 'if (process.versions.node.split(".")[0] < 20) { console.error("The browser tests need Node 20 or newer, here is " + process.version); process.exit(1) }'
need-chromium:
	$(call need,command -v chromium,chromium fonts-noto-core)
