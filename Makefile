# Everything a new machine needs is done by `make tournament` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
SUITE ?= classification,codegen,go,math,rust,writing
# Compiled modules are kept, whatever the image says: hundreds of processes start in tests, and each would compile them.
export PYTHONDONTWRITEBYTECODE :=
# One more than there are cores, for tests that wait; eight are enough.
WORKERS = $(shell $(BIN)/python -c "from harness.processors import usable_processors as n; print(min(8, n() + 1))")

.DEFAULT_GOAL := help
.PHONY: help setup tournament report test pytest test-external lint fuzz bench docs clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv and install everything into it (once)

$(READY): pyproject.toml constraints.txt scripts/setup_venv.py $(wildcard scripts/wheel/*.*)
	@$(PYTHON) -m scripts.setup_venv $(VENV)

tournament: $(READY) ## measure the local models for five minutes, and write the reports (SUITE=all MINUTES=60)
	@$(BIN)/harness run --suite $(SUITE) --models all --minutes $(or $(MINUTES),5)
	@$(BIN)/harness report

report: $(READY) ## write the guide, the HTML report and the rules from the results there are
	@$(BIN)/harness report

test: $(READY) ## lint, type-check and run the tests, side by side: each alone leaves processors idle
	@$(MAKE) --no-print-directory -j 2 lint pytest

pytest: $(READY)
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile -m "not slow and not external"

test-external: $(READY) ## install the tools that exports are for, and load the exports into them
	@$(BIN)/python -m pytest -m external tests/external

lint: $(READY) ## ruff, mypy --strict, and generated documentation that is current
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python scripts/make_docs.py --check

fuzz: $(READY) ## feed hostile input of every kind to harness for minutes (MINUTES=5 SEED=N)
	@$(BIN)/python -m scripts.fuzz --minutes $(or $(MINUTES),5) $(if $(SEED),--seed $(SEED))

bench: $(READY) ## measure harness itself; JSON with ratios to a baseline of the same run
	@$(BIN)/python -m scripts.bench

docs: $(READY) ## write the generated pages of docs/ anew
	@$(BIN)/python scripts/make_docs.py

clean: ## remove .venv and caches; results and reports are kept
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build dist
