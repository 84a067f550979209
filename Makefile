# Everything here makes what it needs first; nothing has to be installed before but Python 3.11, git and make.
PYTHON ?= python3
BIN = .venv/bin
# A thousand modules are compiled once, and not by each process again, also where the environment says to keep nothing.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help materials audit setup setup-test setup-spark demo test test-slow test-spark test-browser check fix docs compiled train speed

help:  ## What can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup:  ## Make .venv from the lock
	@$(PYTHON) bootstrap.py run

setup-test:
	@$(PYTHON) bootstrap.py test

setup-spark:  ## Add pyspark to .venv, for build --engine spark
	@$(PYTHON) bootstrap.py spark

demo: setup  ## Invent an England and run the whole flow on it: make demo ARGS="--size small"
	@$(BIN)/virtualschool demo $(ARGS)

test: setup-test  ## Run the tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

test-slow: setup-test  ## Run the tests that take long: builds that are killed, files in every spelling, training, trials of linking
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m 'slow and not spark' $(ARGS)

test-spark: setup-test setup-spark  ## Run the tests of the link step on Spark, which needs Java 17
	@$(BIN)/python -m pytest -m spark --timeout 480 $(ARGS)

test-browser: setup-test  ## Run the journeys in Chromium, on SQLite and where VIRTUALSCHOOL_TEST_POSTGRESQL names a database on PostgreSQL
	@$(BIN)/python -m pytest -m browser --timeout 900 tests/browser $(ARGS)

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

compiled: setup-test  ## Compile the link's definitions ahead, after a change in them
	@$(BIN)/python -m virtualschool.link.plan

train: setup-test  ## Train the weights that a release ships; ARGS="--made 2026-11-22 --to FILE" writes them
	@$(BIN)/python -m virtualschool.link.training $(ARGS)

materials: setup  ## Print the bill of materials, CycloneDX JSON, from the lock
	@$(BIN)/python -m virtualschool.web.materials

audit: setup  ## Hold the lock against known faults: make audit ADVISORIES=all.zip (OSV's file for PyPI)
	@$(BIN)/python -m virtualschool.web.materials --audit $(ADVISORIES)

speed: setup-test  ## Print the timings
	@for script in speed/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done
