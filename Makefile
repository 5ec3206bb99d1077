# Two commands: `make demo` shows what Lyhörd makes; `make test` proves that it is right. Each sets itself up.
PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
WORKERS ?= 2
BIN := .venv/bin
PURE_TESTS := $(wildcard $(addprefix tests/,instruments method files text rendering composition reference))
PURE_ROOMS := lyhord.instruments lyhord.method
PURE_COVERAGE := 98
OTHER_TESTS := $(filter-out $(PURE_TESTS) tests/__pycache__ %.py,$(wildcard tests/*))
RECORD_TESTS := $(wildcard $(addprefix tests/,accounts measurements delivery mystery survey results/test_views.py project/test_migrations.py web/test_access_sweep.py))
export PORT SERVE
export PYTHONUTF8 := 1

.PHONY: help demo test environment packages lint types gates pure wheel all-tests postgres soak fast clean
.DEFAULT_GOAL := help

help:  ## this list
	@echo "Lyhörd"; echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

demo:  ## a national round and one that goes on, with invented people: reports, live figures, a mailbox, logins
	@$(PYTHON) tools/bootstrap.py run
	@$(BIN)/lyhord demo

test: environment packages lint types gates pure wheel all-tests postgres  ## everything that a change must pass

fast: environment pure  ## the pure rooms' tests only, in seconds

lint: environment  ## style, formatting and which room may import which
	@printf '\n── Style and formatting\n'
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@printf '\n── Which room may import which\n'
	@$(BIN)/lint-imports --no-logo

types: environment  ## mypy --strict
	@printf '\n── Types\n'
	@$(BIN)/mypy

gates: environment  ## the limits of the house: lengths, names, reasons
	@printf '\n── Limits of the house\n'
	@$(BIN)/python tools/gates.py

pure: .venv-pure/.ready  ## tests of the pure rooms where Django is not installed, with branch coverage
	@printf '\n── Pure rooms, without Django\n'
	@.venv-pure/bin/python tools/without_django.py
	@COVERAGE_FILE=.coverage.pure .venv-pure/bin/python -m pytest -q -n $(WORKERS) \
		-m "not browser and not office and not journey and not slow" \
		$(addprefix --cov=,$(PURE_ROOMS)) --cov-branch --cov-report=term --cov-fail-under=$(PURE_COVERAGE) $(PURE_TESTS)

wheel: environment  ## the wheel, built and tried in an empty environment
	@printf '\n── The wheel, in an empty environment\n'
	@$(BIN)/python tools/try_wheel.py

all-tests: environment packages
	@printf '\n── All tests\n'
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist=worksteal --durations=5 $(OTHER_TESTS)
	@printf '\n── What the pure rooms need a browser or an office for\n'
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist=worksteal -m "browser or office or journey or slow" $(PURE_TESTS)

postgres: environment  ## the records' tests on PostgreSQL (they also run on SQLite among all tests)
	@printf '\n── Records, on PostgreSQL\n'
	@LYHORD_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -n $(WORKERS) --dist=worksteal \
		-m "not browser and not journey" $(RECORD_TESTS)
	@LYHORD_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -n0 tests/journeys

soak: environment packages  ## trials of many minutes: processes killed again and again, on SQLite and PostgreSQL
	@printf '\n── Trials, on SQLite\n'
	@$(BIN)/python -m pytest -q -n0 -m soak -s tests
	@printf '\n── Trials, on PostgreSQL\n'
	@LYHORD_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -n0 -m soak -s tests

environment: .venv/.ready
packages:
	@$(PYTHON) tools/bootstrap.py packages

.venv/.ready: pyproject.toml uv.lock tools/bootstrap.py
	@$(PYTHON) tools/bootstrap.py environment
	@touch $@

.venv-pure/.ready: pyproject.toml uv.lock tools/bootstrap.py
	@$(PYTHON) tools/bootstrap.py pure
	@touch $@

clean:  ## remove everything that these commands made
	rm -rf .venv .venv-pure .venv-wheel .tools dist demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage*
