# Two commands do everything: `make run` and `make test`. Each target sets up what is missing.
PORT ?= 5005
HOST ?= 127.0.0.1
EXTRA ?=
PYTHON := .venv/bin/python
READY := .venv/.ready
MODULES := widget/node_modules/.ready
SOURCES := assistant actions tests
# Some machines forbid Python to keep its byte code; every start would then compile six thousand files anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test test-services test-browser train chat validate review evaluate bench lint format clean
.DEFAULT_GOAL := run

$(READY): requirements.lock scripts/setup scripts/find-python scripts/find-uv
	@scripts/setup

run: $(READY)  ## serve the assistant and print the address of its page
	@$(PYTHON) -m assistant serve --host $(HOST) --port $(PORT)

train: $(READY)  ## build what is missing or stale: encoder, language, model
	@$(PYTHON) -m assistant train

test: lint validate train  ## every test that needs no server and no browser
	@$(PYTHON) -m pytest -q tests --ignore=tests/services --ignore=tests/browser

test-services: train  ## tests against real PostgreSQL
	@scripts/with-postgresql $(PYTHON) -m pytest -q tests/services

test-browser: train test-widget  ## tests of the widget: its parts, its build, and in a real Chromium
	@scripts/with-assistant $(PYTHON) -m pytest -q tests/browser

$(MODULES): widget/package-lock.json widget/.npmrc
	@npm --prefix widget ci --no-fund --no-audit
	@touch $(MODULES)

.PHONY: test-widget widget screenshots
test-widget: $(MODULES)  ## types, units and size of the widget, and that the built file is what the sources build
	@npm --prefix widget run --silent types
	@npm --prefix widget run --silent test
	@npm --prefix widget run --silent check

widget: $(MODULES)  ## build widget/dist/widget.js
	@npm --prefix widget run --silent build

screenshots: train $(MODULES)  ## take docs/images/widget anew
	@scripts/with-assistant $(PYTHON) -m tests.browser.screenshots

chat: train  ## talk to the assistant in this terminal
	@$(PYTHON) -m assistant chat

validate: $(READY)  ## check content, data and settings
	@$(PYTHON) -m assistant validate

review: $(READY)  ## write reports/review.html, all that can be said, for a clinician to read and sign
	@$(PYTHON) -m assistant review

evaluate: train  ## measure understanding; EXTRA=folder adds questions from outside the project
	@$(PYTHON) -m assistant evaluate $(if $(EXTRA),--extra $(EXTRA))

bench: train  ## measure speed and memory against Rasa's default configuration
	@$(PYTHON) -m assistant bench

lint: $(READY)  ## format, lint and types
	@.venv/bin/ruff format --check --quiet $(SOURCES)
	@.venv/bin/ruff check --quiet $(SOURCES)
	@.venv/bin/mypy

format: $(READY)  ## format and mend what ruff can mend
	@.venv/bin/ruff format $(SOURCES)
	@.venv/bin/ruff check --fix $(SOURCES)

clean:  ## remove everything that was built, but no conversation
	rm -rf .venv .uv .rasa .mypy_cache .ruff_cache .pytest_cache models/encoder models/encoder-weights models/language widget/node_modules widget/coverage
	rm -f models/*.tar.gz models/state.json
