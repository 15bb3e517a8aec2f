# The one list of commands. `make` alone prints it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
# Tests that kill at a moment seen from outside or look at a screen: nothing else runs beside them.
ALONE := tests/faults/crash/test_pipeline.py $(addprefix tests/e2e/,test_desktop.py test_desktop_edges.py test_tray_drops.py)
CODE := radarr_desktop plugins resources tests packaging

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[.a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: .venv
.venv: .venv/.runtime ## Install the program into .venv

.venv/.runtime: pyproject.toml constraints.txt
	@if [ -z "$(PYTHON)" ]; then \
		echo "radarr-desktop needs Python 3.11 or newer and found none. Debian and Ubuntu: apt install python3" >&2; exit 1; fi
	@if ! [ -x $(BIN)/python ]; then \
		$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
			v=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
			echo "Python's venv module is missing, so .venv cannot be made. Debian and Ubuntu: apt install $$v" >&2; exit 1; }; \
		echo "Making .venv"; $(PYTHON) -m venv .venv; fi
	@echo "Installing radarr-desktop into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

.venv/.test: .venv/.runtime
	@echo "Installing what tests and checks need into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@

.venv/.fuzz: .venv/.test
	@echo "Installing the fuzzer into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[fuzz]'
	@touch $@

.PHONY: run
run: .venv/.runtime ## Start the program (headless where there is no display)
	@$(BIN)/python -m radarr_desktop

.PHONY: demo
demo: .venv/.runtime ## One movie's whole way on a loopback world (WINDOW=1: in the window, KEEP=1: keep its data)
	@$(BIN)/python -m radarr_desktop.demo $(if $(WINDOW),--window) $(if $(KEEP),--keep)

.PHONY: test
test: .venv/.test ## Install what tests need, then run them all
	@packaging/install-test-packages.sh
	@$(BIN)/python -m pytest $(ALONE)
	@$(BIN)/python -m pytest --numprocesses 5 --dist loadfile --no-loadscope-reorder $(addprefix --ignore=,$(ALONE))

.PHONY: qbittorrent
qbittorrent: .venv/.test ## Try its plugin on an older and two newer qBittorrents too, fetched once (5 minutes)
	@packaging/install-test-packages.sh
	@for suite in bullseye trixie sid; do packaging/fetch_qbittorrent.sh $$suite; done
	@$(BIN)/python -m pytest --numprocesses 3 --dist loadfile $(wildcard tests/plugins/test_qbittorrent*.py)

.PHONY: check
check: .venv/.test ## Lint, format, types, import contracts, sizes, public names
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy $(filter-out packaging,$(CODE))
	$(BIN)/lint-imports
	$(BIN)/python -m tests.checks

.PHONY: crash
crash: .venv/.test ## Kill the program at every stage and at random, and pull the plug (SEED=n: the same again)
	@$(BIN)/python -m tests.faults.crash $(if $(SEED),--seed $(SEED))

.PHONY: fuzz
fuzz: .venv/.fuzz ## Feed parser, formats and matching hostile text (MINUTES=n, 11 unless told; TARGETS="parse match")
	@$(BIN)/python -m tests.fuzz $(if $(MINUTES),--minutes $(MINUTES)) $(TARGETS)

.PHONY: bench
bench: .venv/.test ## Measure, write build/bench.json and the table of docs/performance.md
	@$(BIN)/python -m tests.bench

# In a venv of its own: the pins that are to change may be what keeps .venv from being made.
.PHONY: lock
lock: ## Resolve the dependencies again and write constraints.txt
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@build/lock/bin/uv pip compile --quiet --universal --upgrade --python-version 3.11 --all-extras \
		--no-annotate --no-header --no-emit-index-url --output-file constraints.txt pyproject.toml

.PHONY: clean
clean: ## Remove .venv and all that was built
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
