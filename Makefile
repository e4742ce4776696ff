# Every target first makes the environment it needs; the second time that takes no time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Messages of the checks come in plain English, whatever the desktop's language.
export LC_ALL = C.UTF-8

.PHONY: help setup run test lint types imports format bench faults fuzz trace screenshots lock clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.ready ## make .venv from the lock, with the system libraries Qt needs

$(VENV)/.ready: requirements-dev.txt pyproject.toml installer/system_packages.sh
	@sh installer/system_packages.sh
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked packages into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: setup ## start the program; without a display it plays a sample counter morning
	@$(BIN)/small-works

test: lint types imports ## everything that must hold before a change goes in
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -q -n 2 --dist loadfile --max-worker-restart=0

lint: setup
	@$(BIN)/ruff format --check --quiet . || (echo "Run 'make format' and look at the change." && false)
	@$(BIN)/ruff check --quiet .

types: setup
	@$(BIN)/mypy --no-error-summary

imports: setup
	@$(BIN)/lint-imports --no-logo > $(VENV)/imports.txt 2>&1 || (cat $(VENV)/imports.txt && false)

format: setup ## put the code into the house layout
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup ## build the reference ledger and print the measured figures
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

faults: setup ## kill, starve and damage the program 200 times over, and print what came of it
	@$(BIN)/python -m tests.faults

fuzz: setup ## strike the imports with over 10,000 mutated packages and sheets, and print what came of it
	@$(BIN)/python -m tests.fuzz

trace: setup ## list the requirement rows without a test
	@$(BIN)/python -m tests.trace

screenshots: setup ## make the pictures of the READMEs again
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.screenshots

lock: setup ## write the hashed locks again from requirements*.in
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements.in -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.txt

clean: ## remove the environment and caches, never a ledger
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
