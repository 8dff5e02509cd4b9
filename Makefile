# Every target first installs what it needs and this machine lacks (scripts/tools.sh); nothing is done by hand.

export PATH := $(CURDIR)/end2end/node_modules/.bin:$(if $(CARGO_HOME),$(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run test watch build lint e2e attack bench tools

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-6s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build the release and serve it on http://127.0.0.1:3000, with SQLite in ./data
	@echo "Tickbox is at http://127.0.0.1:3000 (Ctrl-C stops it)"
	@exec target/release/tickbox

test: ## Prove everything: format, lints, unit, WASM and HTTP tests, release build, sizes, browser tests
	@scripts/tools.sh
	@scripts/test.sh

watch: ## Develop: rebuild and reload on every change
	@scripts/tools.sh rust leptos
	CARGO_TARGET_DIR=target/watch LEPTOS_SITE_ROOT=target/watch/site cargo leptos watch

build: ## Build the release: target/release/tickbox and its site, target/site
	@scripts/tools.sh rust leptos
	@echo "· Building the release (about 15 minutes on two cores the first time, later what has changed)"
	@# cargo-leptos compiles for the browser first, which leaves a processor idle for a while: the server begins there, and
	@# what is wrong with it is told when its turn comes.
	@cargo build --quiet --release --bin tickbox 2>/dev/null & server=$$!; \
		cargo leptos build --release --precompress || { kill $$server 2>/dev/null; exit 1; }

lint: ## Check the format, every lint (server, browser, browser tests) and the dependencies
	@scripts/tools.sh rust deny npm
	cargo fmt --all --check
	cargo clippy --release --workspace --exclude frontend --all-targets -- --deny warnings
	cargo clippy --profile wasm-release --target-dir target/front --package app --package frontend --target wasm32-unknown-unknown -- --deny warnings
	cd end2end && npx tsc
	scripts/deny.sh

e2e: build ## Run the browser tests alone; choose some with ARGS="register --project=desktop-js-sqlite"
	@scripts/tools.sh browser postgres
	cd end2end && npx playwright test $(ARGS)

attack: build ## Run the attacks of docs/attacks.md alone and print what came of each; choose with ARGS="http browser time"
	@scripts/tools.sh nextest browser postgres
	@node scripts/attack.mjs $(ARGS)

bench: build ## Measure start, memory, sizes, requests per second and quick add of the release
	@node scripts/bench.mjs
	@echo && echo "Reading a line by quick add"
	@cargo bench --quiet --package domain --bench quick_add

tools: ## Install every tool that the other targets need
	@scripts/tools.sh
