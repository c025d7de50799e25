# make build   set up .venv and run the main job: dist/ is the knowledge graph
# make test    formats, tables, lint, types and tests; needs nothing but Python 3.11 and a package index
# make         the same as make test
# make test-servers   the tests that start a server or another program, or take long; installs the programs where it can
# make test-web   the tests that open the pages in Chromium and follow the redirects of Apache; installs both where it may
# make release   wheel, sdist, data archive, bill of materials and their sums in release/, from the last commit
# make changes BEFORE=…   write into CHANGELOG.md how the data differ from the release before; without one, what is in them
# make fmt     format Python and Turtle
# make tables  write the Turtle that comes from tables
# make docs    write the pages that list the questions, the scores and the rules of publishing
# make expected   pin the answers to the questions anew; read the diff before you commit it
# make lock    take the newest of everything pyproject.toml allows, and write down the versions
# make bench   print times and memory
# make bench-reading   print how fast texts are read, by language and as they grow
# make clean   remove what was made

VENV := .venv
BIN := $(VENV)/bin
# The first Python that is 3.11 or newer; say `make PYTHON=…` to choose another.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: all build test test-servers test-web programs release changes fmt tables docs expected lock bench bench-reading clean
all: test

$(VENV)/.installed: pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "atgraph needs Python 3.11 or newer: install it, or say make PYTHON=/path/to/python" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

build: $(VENV)/.installed
	$(BIN)/atgraph build

test: $(VENV)/.installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m atgraph.turtle --check ontology data
	$(BIN)/python -m atgraph.tables --check
	$(BIN)/python -m pytest -n auto -m "not servers and not web"

test-servers: $(VENV)/.installed programs
	$(BIN)/python -m pytest -m servers tests

# What apt cannot bring here is told, and the tests that need it skip and say so.
WEB := chromium chromium-driver apache2-bin fonts-noto-core
test-web: $(VENV)/.installed
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null && command -v apache2 >/dev/null \
		|| { test "$$(id -u)" = 0 && apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $(WEB) >/dev/null; } \
		|| echo "cannot install $(WEB): tests that need one of them will skip" >&2
	$(BIN)/python -m pytest -m web -rs tests

# What is not there afterwards is skipped by its test, which says so.
programs:
	-@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! { command -v rapper && ls /usr/share/java/rdf4j-*.jar; } \
	  >/dev/null 2>&1; then apt-get update -qq && apt-get install -y -qq --no-install-recommends \
	  default-jdk-headless librdf4j-java raptor2-utils >/dev/null; fi
	-@if command -v npm >/dev/null && ! cmp -s tests/programs/package.json build/programs/package.json; then \
	  mkdir -p build/programs && cp tests/programs/package.json build/programs/ && \
	  npm install --prefix build/programs --no-package-lock --no-audit --no-fund --silent || rm -f build/programs/package.json; fi

release: $(VENV)/.installed
	$(BIN)/python tools/release.py release

changes: build
	$(BIN)/python tools/changes.py dist $(BEFORE)

fmt: $(VENV)/.installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m atgraph.turtle ontology data

tables: $(VENV)/.installed
	$(BIN)/python -m atgraph.tables

docs: $(VENV)/.installed
	{ sed '/^|/,$$d' docs/questions.md; $(BIN)/atgraph ask --format md; } > docs/questions.md.new
	mv docs/questions.md.new docs/questions.md
	{ sed '/^|/,$$d' docs/scores.md; $(BIN)/atgraph evaluate tests/gold/*.tsv --format md; } > docs/scores.md.new
	mv docs/scores.md.new docs/scores.md
	{ sed '/^|/,$$d' docs/lint.md; $(BIN)/atgraph lint --list --format md; } > docs/lint.md.new
	mv docs/lint.md.new docs/lint.md

expected: $(VENV)/.installed
	RENEW=1 $(BIN)/python -m pytest tests/test_questions.py -k pinned
	git --no-pager diff --stat tests/expected

lock:
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --group dev --editable .
	{ sed '/^[^#]/d' requirements.lock; $(BIN)/python -m pip freeze --exclude-editable; } > requirements.lock.new
	mv requirements.lock.new requirements.lock
	@touch $(VENV)/.installed

bench: $(VENV)/.installed
	$(BIN)/python bench/measure.py

bench-reading: $(VENV)/.installed
	$(BIN)/python bench/reading.py

clean:
	rm -rf $(VENV) dist build release
