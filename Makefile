# crm-bot: everything starts with `make demo` or `make test`.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.installed

.PHONY: help demo test test-fast lint lock clean

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "crm-bot needs Python 3.11 or later; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps -e .
	@touch $@

demo: $(READY)  ## set up and open the chat as a salesperson of a small fictional firm
	@$(BIN)/crm-bot demo

lint: $(READY)  ## style, types and import direction
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint  ## set up, check and test everything
	@# Trains the understanding once, before four workers would at the same time.
	$(BIN)/crm-bot understand </dev/null
	$(BIN)/pytest -n 4

test-fast: $(READY)  ## the tests without the slow ones
	$(BIN)/pytest -m "not slow and not rasa"

lock: $(READY)  ## pin the newest versions that pyproject.toml allows
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --group dev \
		pyproject.toml --no-annotate --no-header --quiet --upgrade -o requirements.lock

clean:  ## remove what was set up
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
