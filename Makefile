# Everything a person runs. `make` alone lists it.

PORT ?= 8000
DATA ?= .data
JOBS ?= 2
ARGS ?=
SYSTEM_PACKAGES ?= chromium fonts-noto-core git postgresql strace
# Go's checksum-database code reads what we write.
PROOF_PACKAGES ?= golang-go golang-golang-x-mod-dev
PY = .venv/bin/python

# The interpreter to make .venv with; tools/venv.sh finds one when this is empty.
export PYTHON

say = @printf '\n== %s ==\n' "$(1)"

.PHONY: help run check prove bench pictures lint migrations test clean runtime packages proof-packages dev
.NOTPARALLEL:

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do \
	  printf '  make %-8s %s\n' "$$name" "$$text"; done

run: runtime ## serve a demonstration on PORT=8000, data in DATA=.data
	@exec $(PY) -m kerege demo --data "$(DATA)" --port "$(PORT)"

check: packages dev lint migrations test ## every check a change must pass
	$(call say,All checks passed)

prove: packages proof-packages dev ## long proofs: seeded, time-boxed, and the wheel in a fresh venv
	$(call say,Proofs)
	@$(PY) tools/proving.py
	@$(PY) -m pytest -m prove -n $(JOBS) --dist loadgroup $(ARGS) || { status=$$?; \
	  [ $$status -eq 5 ] || exit $$status; \
	  echo "No test is marked prove: nothing was proved."; }

bench: dev ## measure against the promised numbers
	$(call say,Benchmarks)
	@$(PY) tools/bench $(ARGS)

lint: dev ## format, ruff, mypy and the rooms' import contracts
	$(call say,Format)
	@$(PY) -m ruff format --check .
	$(call say,Lint)
	@$(PY) -m ruff check .
	$(call say,Types)
	@$(PY) -m mypy
	$(call say,Rooms)
	@.venv/bin/lint-imports --no-logo

pictures: packages dev ## take the pictures of docs/pictures/ anew
	@$(PY) tools/pictures.py

migrations: dev
	$(call say,Migrations)
	@DJANGO_SETTINGS_MODULE=kerege.web.settings $(PY) -m django makemigrations --check --dry-run

test: dev ## the tests; ARGS="-k budget" for some of them
	$(call say,Tests)
	@$(PY) -m pytest -n $(JOBS) $(ARGS)

clean: ## remove .venv, caches and builds; DATA stays
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find kerege tests tools -name __pycache__ -prune -exec rm -rf {} +

runtime:
	@tools/venv.sh requirements.lock

packages:
	$(call say,System packages)
	@tools/system_packages.sh $(SYSTEM_PACKAGES)

proof-packages:
	@tools/system_packages.sh $(PROOF_PACKAGES)

dev:
	@tools/venv.sh requirements-dev.lock
