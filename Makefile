# Two commands to know: `make crawl` and `make test`. `make help` lists the others.
# Needs Python 3.11 or later and make; everything else goes into .venv.

SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
SITE ?=
CORPORA ?=
PEERS := .venv-peers/bin
PIP := python -m pip install --quiet --disable-pip-version-check

.PHONY: help crawl test readers check format lint types docs reference corpora eval eval-peers bench bench-frontier bench-fleet fuzz clean

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 16

crawl: .venv/.installed  ## crawl the sample publication, or SITE=https://example.org/
ifeq ($(SITE),)
	$(BIN)/python -m sample
else
	$(BIN)/scrapy crawl articles -a "url=$(SITE)"; code=$$?; $(BIN)/python -m tools.show output; exit $$code
endif

test: .venv/.test  ## run the tests
	$(BIN)/python -m pytest --numprocesses 3 --dist loadgroup

check: format lint types docs .venv/.test  ## format, lint, types, docs and rules of size and structure, then the tests
ifeq ($(SKIP_TESTS),)
	$(BIN)/python -m pytest --numprocesses 3 --dist loadgroup
endif

readers: .venv/.readers  ## install what loads datasets, 300 MB: its tests run then, and skip otherwise

format: .venv/.check  ## is everything formatted?
	$(BIN)/ruff format --check .

lint: .venv/.check  ## ruff's rules
	$(BIN)/ruff check .

types: .venv/.check  ## mypy --strict
	$(BIN)/mypy

docs: .venv/.check  ## generated pages are up to date, and the site builds without a warning
	$(BIN)/python -m tools.docs --check
	$(BIN)/mkdocs build --strict --quiet --site-dir build/site

reference: .venv/.installed  ## write the generated pages of docs/ anew
	$(BIN)/python -m tools.docs

eval: corpora .venv/.installed  ## measure extraction on CORPORA=folder, beside the peers (docs/quality.md)
	$(BIN)/python tools/evaluation/evaluate.py "$(CORPORA)" $(EVAL_OPTIONS)

eval-peers: corpora .venv-peers/.installed  ## measure the peers anew, in an environment of their own
	for tool in trafilatura newspaper4k news-please readability-lxml; do \
		$(PEERS)/python tools/evaluation/evaluate.py "$(CORPORA)" --tool $$tool || exit 1; done

bench: corpora .venv/.installed  ## milliseconds a page, beside a bare parse (and the peers, after make eval-peers)
	$(BIN)/python tools/bench/extraction.py "$(CORPORA)" $(if $(wildcard $(PEERS)/python),--peers $(PEERS)/python) $(BENCH_OPTIONS)

bench-frontier: .venv/.test  ## the frontier from a thousand to a million records
	$(BIN)/python tools/bench/frontier.py

bench-fleet: .venv/.test  ## crawls with one, two and four workers on one frontier
	$(BIN)/python tools/bench/fleet.py

fuzz: .venv/.test  ## property tests, longer
	$(BIN)/python tools/fuzz.py

corpora:
	@test -n "$(CORPORA)" || { echo 'Say where the corpora are: make $(MAKECMDGOALS) CORPORA=/path/to/corpora' >&2; exit 2; }

clean:  ## remove the environment and everything generated; output/ and state/ stay
	rm -rf .venv .venv-peers build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The environment: one stamp for each set of packages. pip 25.1 is the first that reads dependency groups.
.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with venv is needed (Debian: apt install python3-venv), or name one: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; echo "The environment could not be made (Debian: apt install python3-venv)" >&2; exit 1; }
	$(BIN)/$(PIP) --upgrade "pip>=25.1"

.venv/.installed: pyproject.toml | .venv/bin/pip
	PYTHONWARNINGS=ignore $(BIN)/$(PIP) --editable .
	@touch $@

.venv/.test: .venv/.installed
	$(BIN)/$(PIP) --group test
	@touch $@

.venv/.check: .venv/.test
	$(BIN)/$(PIP) --group check --group docs
	@touch $@

.venv/.readers: .venv/.test
	$(BIN)/$(PIP) --group datasets-test
	@touch $@

.venv-peers/.installed: | .venv/bin/pip
	$(PYTHON) -m venv .venv-peers
	$(PEERS)/$(PIP) --upgrade "pip>=25.1"
	$(PEERS)/$(PIP) trafilatura newspaper4k news-please readability-lxml
	@touch $@
