# Everything here makes what it needs first; nothing has to be installed before but Python 3.11, git and make.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: help setup demo test check fix docs speed

help:  ## What can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup:  ## Make .venv from the lock
	@$(PYTHON) bootstrap.py run

setup-test:
	@$(PYTHON) bootstrap.py test

demo: setup  ## Invent an England and run the whole flow on it: make demo ARGS="--size small"
	@$(BIN)/virtualschool demo $(ARGS)

test: setup-test  ## Run the tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: setup-test  ## Format, lint, types, import direction
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest tests/test_house.py

fix: setup-test  ## Put the format right
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: setup-test  ## Write docs/reference from the definitions
	@$(BIN)/python -m virtualschool.reports.reference docs/reference

speed: setup-test  ## Print the timings
	@for script in speed/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done
