# Every task of this project. `make help` lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
LOCK   := requirements/requirements.lock
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup report test build lab lint bench evaluate lock clean

help:  ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): $(LOCK) requirements/uv.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else "carbon-peak needs Python 3.11 to 3.13, this is %d.%d; try: make PYTHON=python3.12 ..." % v)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode --link-mode copy $(LOCK) requirements/uv.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps --no-build-isolation --no-index -e .
	@touch $@

setup: $(STAMP)  ## install everything into .venv (the other tasks do it by themselves)

report: $(STAMP)  ## render the report set; the last line printed is the path of its index
	@$(BIN)/carbon-peak report

test: $(STAMP)  ## run the whole test suite
	@$(BIN)/python -m pytest -n 2 --dist loadscope

build: $(STAMP)  ## rebuild data/curated/ and docs/data-dictionary.md from the raw plans and the reviews
	@$(BIN)/carbon-peak build

lab: $(STAMP)  ## open JupyterLab with the notebooks ready
	@$(BIN)/jupyter lab --notebook-dir=. notebooks/overview.ipynb

evaluate: $(STAMP)  ## score the extractor, and the curated tables, against the labelled rows
	@$(BIN)/carbon-peak evaluate

bench: $(STAMP)  ## measure extraction and report runs beside their alternatives
	@$(BIN)/python scripts/bench.py

lint: $(STAMP)  ## check the style of the code and its types
	@$(BIN)/ruff check src tests scripts && $(BIN)/ruff format --check src tests scripts
	@$(BIN)/basedpyright

lock:  ## renew the lock files (needs uv on the path)
	uv pip compile pyproject.toml requirements/build.in --all-extras --override requirements/overrides.txt \
	  --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	  --custom-compile-command "make lock" -o $(LOCK)
	echo uv | uv pip compile - --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --custom-compile-command "make lock" -o requirements/uv.lock

clean:  ## remove the environment and everything rendered
	rm -rf $(VENV) reports/latest reports/runs reports/releases .pytest_cache .hypothesis .ruff_cache
