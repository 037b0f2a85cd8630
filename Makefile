# One door for everything: `make help` lists what is behind it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help setup run demo test check bench learn lemmas lock clean
help:            ## list the targets
	@sed -n 's/^\([a-z]*\):.*##/\1:/p' $(MAKEFILE_LIST)

setup: $(STAMP)  ## make .venv with everything that is needed, pinned and hashed
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "stancewatch: $(PYTHON) is older than 3.11; try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) || \
	  { rm -rf $(VENV); echo "stancewatch: this Python cannot make a venv; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "installing (1.2 GB on disk, one or two minutes) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib bot handlers watchers config  # else every start compiles, which doubles it
	@touch $@

run: setup       ## start the bot; with no token it posts to this console
	@exec $(BIN)/stancewatch run

demo: setup      ## play 2022-2026 of the storyline from items of our own, no network
	@exec $(BIN)/stancewatch demo

test: setup      ## run every test
	@$(BIN)/python -m pytest

check: setup     ## ruff, mypy, import floors, lengths, known flaws of dependencies
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/house
	@$(BIN)/python tests/house/audit.py

bench: setup     ## every benchmark, each with its figures and one JSON line
	@for b in $$(grep -l '__main__' benchmarks/*.py); do echo "== $$b"; $(BIN)/python $$b || exit 1; done

learn: setup     ## train the learned part of the reader anew (three hours; needs PyTorch, which it installs apart)
	@$(PYTHON) -m venv .venv-learn
	@.venv-learn/bin/pip install --quiet --disable-pip-version-check -r benchmarks/learning/requirements.txt '.[ko,slavic]'
	@.venv-learn/bin/python benchmarks/learning/train.py

lemmas: setup    ## write the tables of lemmas anew, after terms of the storyline or an analyser changed
	@$(BIN)/python benchmarks/learning/lemmas.py

RESOLVE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
  --no-annotate --quiet pyproject.toml
lock:            ## resolve the locks anew (needs uv): all of it, and each extra alone for the container
	@$(RESOLVE) --all-extras --upgrade -o requirements.lock
	@$(RESOLVE) --constraint requirements.lock -o locks/base.lock
	@for extra in ko slavic postgres; do \
	  $(RESOLVE) --extra $$extra --constraint requirements.lock -o locks/$$extra.lock || exit 1; done

clean:           ## remove what the other targets made, but never ./data
	@rm -rf $(VENV) .venv-learn build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
