# The two commands: `make serve` loads data/reports and opens the dashboard, `make test` runs every test.
PYTHON ?= python3
PORT ?= 8501
REPORTS ?= data/reports
VENV := .venv
BIN := $(VENV)/bin

.PHONY: serve test check coverage bench clean

serve: $(VENV)/installed
	$(BIN)/nianbao load $(REPORTS)
	$(BIN)/nianbao serve --port $(PORT)

test: $(VENV)/installed-test
	$(BIN)/pytest -n auto --dist loadfile

check: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest tests/test_style.py tests/test_docs.py

coverage: $(VENV)/installed-test
	$(BIN)/pytest -n auto --dist loadfile --cov=etl

bench: $(VENV)/installed-test
	$(BIN)/python -m bench
	$(BIN)/python -m bench.publish

clean:
	rm -rf $(VENV) data/warehouse build *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test]"
	touch $@
