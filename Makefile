# make demo   make a small invented company, scan it, and leave the reports in demo/out
# make test   everything: style, types, contracts, tests with real servers, browser and office
# make coverage  the tests once more, with the lines that none of them reaches
# make check  the quick part of it, under a minute
# make bench  measurements for docs/benchmarks.md (or make bench-detect, bench-notices,
#             bench-peers, bench-real)
# make soak   kills, faults and mutated documents for hours (or make soak-kills, soak-faults,
#             soak-documents), and the tests that take minutes
# make docs   write the generated pages of the manual again
# make changelog  show the news since the last release (VERSION=1.2.3: write them down)
# make audit  ask whether a locked dependency has a known vulnerability (part of make check)
# make sbom   write what is shipped as CycloneDX, to dist/kartta.cdx.json
# make lock   write the locked dependencies again

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/pytest -n 2

.PHONY: audit sbom demo test coverage check lint types bench bench-detect bench-notices bench-peers bench-real soak soak-kills soak-faults soak-documents lock docs changelog clean

# One environment for product and tests. The stamp of the smaller one is enough for the demo.
# The lock is whole (tests/test_lock.py), so pip resolves nothing: what is published after it was
# written changes nothing.
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Kartta needs Python 3.11 or newer"'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(INSTALL) -r requirements/run.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml $(VENV)/run.stamp
	$(INSTALL) -r requirements/dev.txt
	touch $@

# What looks at the dependencies has an environment of its own, to be none of them.
AUDIT := .tools/audit

$(AUDIT)/stamp: requirements/audit.txt
	test -x $(AUDIT)/bin/python || $(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes \
		-r requirements/audit.txt
	touch $@

audit: $(AUDIT)/stamp
	$(AUDIT)/bin/python -m tools.audit

sbom: $(AUDIT)/stamp $(VENV)/run.stamp
	mkdir -p dist
	$(AUDIT)/bin/python -m tools.sbom dist/kartta.cdx.json \
		$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')

demo: $(VENV)/run.stamp
	$(BIN)/python demo/run.py

test: $(VENV)/dev.stamp $(AUDIT)/stamp lint types
	bash .ci/install-system
	$(PYTEST)

coverage: $(VENV)/dev.stamp $(AUDIT)/stamp
	bash .ci/install-system
	$(PYTEST) --cov --cov-report=term:skip-covered

check: $(VENV)/dev.stamp lint types audit
	$(PYTEST) -m "not integration and not browser and not office and not slow and not shared and not soak"

lint: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: $(VENV)/dev.stamp
	$(BIN)/mypy

bench: bench-detect bench-notices bench-real bench-peers

# One after the other: each would disturb the others' clock.
bench-detect: $(VENV)/dev.stamp
	$(BIN)/python -m bench.detect
	$(BIN)/python -m bench.identifiers --fast
	$(BIN)/python -m bench.documents
	$(BIN)/python -m bench.calibration
	$(BIN)/python -m bench.throughput

bench-notices: $(VENV)/dev.stamp
	$(BIN)/python -m bench.notices

bench-real: $(VENV)/dev.stamp
	$(BIN)/python bench/real.py

bench-peers: $(VENV)/dev.stamp
	$(BIN)/python bench/peers.py .tools/peers-run

# Hours: an undisturbed scan and then each attack. SOAK="--seed 7" does an earlier run again.
soak: soak-kills soak-faults soak-documents
	HYPOTHESIS_PROFILE=nightly $(PYTEST) -m "slow or soak"

soak-kills soak-faults soak-documents: $(VENV)/dev.stamp
	bash .ci/install-system
	$(BIN)/python -m soak $(patsubst soak-%,%,$@) $(SOAK)

docs: $(VENV)/dev.stamp
	$(BIN)/python -m rules.manual
	$(BIN)/python -m rules.schema
	$(BIN)/python -m tools.reference

changelog: $(VENV)/dev.stamp
	$(BIN)/python -m tools.changelog $(VERSION)

# A release that is a week old has had a week in which to be found bad and withdrawn.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --exclude-newer $$(date --utc --date '7 days ago' +%F)

lock: $(VENV)/dev.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(COMPILE) --group build pyproject.toml -o requirements/run.txt
	$(COMPILE) --constraint requirements/run.txt --all-extras --group dev pyproject.toml \
		-o requirements/dev.txt
	$(COMPILE) --group pyproject.toml:audit -o requirements/audit.txt

clean:
	rm -rf $(VENV) demo/out demo/company build dist
