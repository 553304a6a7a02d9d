# Every task of this project. `make help` lists them; ARGS="…" hands options on to the command behind a task.
SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
ARGS   ?=
VENV   := .venv
BIN    := $(VENV)/bin
LOCK   := requirements/requirements.lock
# What the environment is made from. The stamp carries its checksum, not its date, so that a checkout that was
# upgraded in any way (pulled, unpacked over the old one) is set up again before its next task.
INPUTS := $(LOCK) requirements/uv.lock pyproject.toml
STAMP  := $(VENV)/.installed-$(shell cat $(INPUTS) | cksum | tr -dc 0-9)

.DEFAULT_GOAL := help
.PHONY: help setup report lab build evaluate check test lint types unit docs bench lock clean

help:  ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo '  options go into ARGS: make report ARGS="overview --jobs 1", make lab ARGS="--port 9999"'

# Packages that somebody added to .venv stay: the lock is installed, never synchronised.
$(STAMP):
	@command -v $(PYTHON) >/dev/null || { echo "there is no $(PYTHON) here; try: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else "carbon-peak needs Python 3.11 to 3.13, this is %d.%d; try: make PYTHON=python3.12 ..." % v)'
	@if ls $(VENV)/.installed* >/dev/null 2>&1; then \
	  echo "set-up again: the checkout has changed since $(VENV) was made; seconds, or longer for new packages"; \
	else \
	  echo "set-up, once for all tasks: $$(grep -cE '^[a-z0-9].*==' $(LOCK)) packages into $(VENV), about 1.5 GB, 1 to 5 minutes"; \
	fi
	@echo "1/4 environment: $$($(PYTHON) --version) in $(VENV), a few seconds"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "2/4 installer: $$(grep -oE '^uv==[0-9.]+' requirements/uv.lock), checked by its hash, a few seconds"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.lock
	@echo "3/4 packages: download, check by hash, install, compile; most of the time goes here"
	@$(BIN)/uv pip install --python $(BIN)/python --no-deps --require-hashes --compile-bytecode --link-mode copy \
	  -r $(LOCK) 2>&1 | { grep --line-buffered -vE '^ [-+~] |^Using Python' || true; } | sed 's/^/    /'
	@echo "4/4 carbon-peak itself, linked to src/"
	@$(BIN)/uv pip install --python $(BIN)/python --quiet --no-deps --no-build-isolation --no-index -e .
	@rm -f $(VENV)/.installed*
	@touch $@
	@echo "set-up is done"

setup: $(STAMP)  ## install everything into .venv (the other tasks do it by themselves)

report: $(STAMP)  ## render the report set; the last line printed is the path of its index
	@$(BIN)/carbon-peak report $(ARGS)

lab: $(STAMP)  ## open JupyterLab with the notebooks ready
	@options=; \
	if [ "$$(id -u)" = 0 ]; then options="--allow-root"; fi; \
	if [ "$$(uname)" = Linux ] && [ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}$${BROWSER:-}" ]; then \
	  options="$$options --no-browser"; echo "no screen here: open the address that JupyterLab prints"; \
	fi; \
	exec $(BIN)/jupyter lab --notebook-dir=. $$options $(ARGS) notebooks/overview.ipynb

build: $(STAMP)  ## rebuild data/curated/ and docs/data-dictionary.md from the raw plans and the reviews
	@$(BIN)/carbon-peak build $(ARGS)

evaluate: $(STAMP)  ## score the extractor, and the curated tables, against the labelled rows
	@$(BIN)/carbon-peak evaluate $(ARGS)

check: $(STAMP)  ## lint, types and unit tests, beside each other: what to run before every commit
	@$(MAKE) --no-print-directory -j3 lint unit

test: $(STAMP)  ## run the whole test suite
	@echo "all tests, two at a time, some minutes; those that need chromium or pdftotext are skipped without them"
	@$(BIN)/python -m pytest -n 2 --dist loadscope $(ARGS)

lint: $(STAMP) types  ## check style, types, declared dependencies and the workflow file
	@echo "style: ruff" && $(BIN)/ruff check -q src tests scripts docs/conf.py && $(BIN)/ruff format -q --check src tests scripts docs/conf.py
	@echo "imported = declared: deptry" && $(BIN)/deptry --no-ansi src 2>&1 | { grep -v '^Scanning\|^Success\|^$$' || true; }
	@echo "workflow: check-jsonschema, by schema only" && $(BIN)/check-jsonschema -q --builtin-schema vendor.github-workflows .github/workflows/*.yml

types: $(STAMP)
	@echo "types: basedpyright" && $(BIN)/basedpyright

unit: $(STAMP)
	@echo "unit tests, without those marked slow, on fewer made-up examples than in make test"
	@$(BIN)/python -m pytest -n 2 --dist worksteal tests/unit -m "not slow" --hypothesis-profile check $(ARGS)

docs: $(STAMP)  ## build the documentation into docs/_build/html, offline
	@$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html
	@echo docs/_build/html/index.html

bench: $(STAMP)  ## measure extraction and report runs beside their alternatives
	@$(BIN)/python scripts/bench.py $(ARGS)

lock:  ## renew the lock files (needs uv on the path)
	uv pip compile pyproject.toml requirements/build.in --all-extras --override requirements/overrides.txt \
	  --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" -o $(LOCK)
	echo uv | uv pip compile - --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --custom-compile-command "make lock" -o requirements/uv.lock

clean:  ## remove the environment and everything rendered
	rm -rf $(VENV) reports/latest reports/runs reports/releases docs/_build .pytest_cache .hypothesis .ruff_cache
