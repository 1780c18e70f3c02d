# Set-up and checks; `make` alone lists them. Each step runs again only when what it depends on has changed.

SHELL := /bin/bash
.SHELLFLAGS := -e -u -o pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
# Everything comes from a lock, each file checked against its hash. Python compiles a module when it is first used, which
# halves the wait: most of what the packages carry is never used here.
INSTALL := PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/pip install --no-compile --progress-bar off
LOCKED := $(INSTALL) --no-deps --only-binary :all: --require-hashes
NODE_LOCK := $(if $(shell command -v npm),,requirements-node.lock)
# One line for each package as its download begins, so that the step never looks stuck.
PROGRESS := sed -u -n -e 's/^ *Downloading \([^-]*\)-\([0-9][^-]*\)-.*\.whl.*(\(.*\)).*/  \1 \2 (\3)/p' \
  -e 's/^Installing collected packages.*/  unpacking/p' -e '/^ERROR/p'

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/.project ## a match round on fictitious people, then the service on http://127.0.0.1:8000 (ARGS="--fresh --port 8001")
	@$(BIN)/rpe demo $(ARGS)

READY := .venv/.project .venv/.tests
setup: $(READY) ## everything that the other commands need, in .venv
	@echo "Everything is in place. Next: make demo"

test: $(READY) ## all tests (ARGS="tests/matching -k ties")
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

lint: $(READY) ## style, types and templates
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/djlint --lint --quiet templates

format: $(READY) ## write the code the way that lint asks for
	@$(BIN)/ruff check --fix --select I
	@$(BIN)/ruff format

serve: .venv/.project migrate ## the service on http://127.0.0.1:8000, for development
	@$(BIN)/flask --app app run --debug --port 8000 $(ARGS)

migrate: .venv/.project ## bring the database to the newest tables
	@$(BIN)/rpe migrate

bench: $(READY) ## measure the engine beside its peers and put the table into the README (ARGS="1k 300" only prints)
	@$(BIN)/python -m benchmarks.engine $(if $(ARGS),$(ARGS),--out README.md)

# The newest versions: make lock ARGS=--upgrade. Neither lock names the place that the packages come from.
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate $(ARGS)
lock: .venv/bin/uv ## write the lock files again from pyproject.toml and package.json (needs npm)
	@$(COMPILE) pyproject.toml --group build --output-file requirements.lock
	@$(COMPILE) --group pyproject.toml:node --output-file requirements-node.lock
	@$(COMPILE) pyproject.toml --group build --group test --constraints requirements.lock --output-file requirements-test.lock
	@npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## remove what set-up made; the database in instance/ stays
	@rm -rf .venv app/static/vendor .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Set PYTHON=." if sys.version_info < (3, 11) else 0)'
	@echo "Making .venv"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "On Debian: apt-get install python3-venv"; exit 1; }

.venv/bin/uv: | $(BIN)/python
	@$(INSTALL) --quiet uv

.venv/.runtime: requirements.lock requirements-node.lock | $(BIN)/python
	@echo "Installing what the service needs"
	@$(LOCKED) $(patsubst %,-r %,requirements.lock $(NODE_LOCK)) | $(PROGRESS)
	@touch $@

.venv/.project: .venv/.runtime pyproject.toml hatch_build.py package-lock.json $(if $(wildcard app/static/vendor/fingerprint.txt),,missing-assets)
	@echo "Installing the project and fetching the browser assets"
	@$(INSTALL) --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.tests: requirements-test.lock .venv/.runtime
	@echo "Installing what the checks need"
	@$(LOCKED) -r requirements-test.lock | $(PROGRESS)
	@touch $@

.PHONY: help demo setup test lint format serve migrate bench lock clean missing-assets
