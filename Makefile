# Two commands: `make run` starts the bot, `make test` proves it. Both set up what they need first.
PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
LOCK   := $(PY) -m uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate
QUESTIONS ?= $(wildcard tests/questions/*.yaml)
PIP    := $(PY) -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps

.PHONY: help run test cover audit eval identifiers adversary bench bench-reload bench-intents kill-test chaos bench-chat soak audit-dependencies workbench lock
help:            ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | expand -t 14

run: $(VENV)/run.stamp   ## start the bot: in Telegram with TELEGRAM_BOT_TOKEN, in the terminal without
	@$(PY) -m bot run

test: $(VENV)/test.stamp ## everything that must hold: style, types, content, tests
	@$(PY) -m ruff check bot tests
	@$(PY) -m ruff format --check bot tests
	@$(PY) -m mypy
	@$(PY) -m bot check
	@$(PY) -m pytest -n auto --dist loadfile

cover: $(VENV)/test.stamp ## the tests once more, with the lines that none of them reaches
	@$(PY) -m pytest -n auto --dist loadfile --cov

audit: $(VENV)/run.stamp ## hold the content against the evidence it was written from: make audit EVIDENCE=FOLDER
	@$(PY) -m bot audit $(EVIDENCE)

eval: $(VENV)/run.stamp  ## how well it understands labelled questions: make eval QUESTIONS="FILES"
	@$(PY) -m bot eval $(QUESTIONS)

identifiers: $(VENV)/test.stamp ## how many patient identifiers are seen, and how often one is seen that is none
	@$(PY) -m tests.identifiers

adversary: $(VENV)/run.stamp ## thousands of near misses: what is answered wrongly, what drifts
	@$(PY) -m bot adversary

bench: $(VENV)/test.stamp ## how fast it starts and answers, beside a plain fuzzy look-up
	@$(PY) -m tests.benchmarks.answering

bench-reload: $(VENV)/test.stamp ## from saving a file to the new answer being live, on this content and on 20 times as much
	@$(PY) -m tests.benchmarks.reloading

bench-intents: $(VENV)/test.stamp ## the ranker on public intent data, beside its peers: make bench-intents DATA=FOLDER
	@$(PY) -m tests.benchmarks.intents --data $(DATA)

kill-test: $(VENV)/test.stamp ## kill the publisher after each of its steps and look at what is left: make kill-test RUNS=60
	@$(PY) -m tests.changing.kills --runs $(or $(RUNS),60)

chaos: $(VENV)/test.stamp ## kill the bot fifty times at random moments and count what is lost: make chaos SEED=1
	@$(PY) -m tests.chat.chaos --runs 50 --seed $(or $(SEED),1)

bench-chat: $(VENV)/test.stamp ## throughput, latency and fairness beside a bare echo bot, in the same run
	@$(PY) -m tests.load.bench

soak: $(VENV)/test.stamp ## an hour of a busy hospital in minutes: 100,000 updates of 5,000 people
	@$(PY) -m tests.load.soak

audit-dependencies: $(VENV)/test.stamp ## known faults of the pinned libraries; STRICT=--strict wants word on each
	@$(PY) -m tests.dependencies $(STRICT) deploy/requirements.txt tests/requirements.txt

workbench: $(VENV)/run.stamp ## a page in the browser for editors: the chat, and beside it why it answered so
	@$(PY) -m bot workbench

lock: $(VENV)/test.stamp ## renew the two lock files from pyproject.toml
	@$(PY) -m pip --quiet install uv
	@$(LOCK) pyproject.toml --group test -o tests/requirements.txt
	@$(LOCK) pyproject.toml -c tests/requirements.txt -o deploy/requirements.txt

# A stamp is newer than its lock file when the environment holds what the lock says.
$(VENV)/run.stamp: deploy/requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Rounds needs Python 3.11 or newer: make PYTHON=python3.11 ..." if sys.version_info < (3, 11) else 0)'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@echo "setting up (once) ..." >&2
	@$(PIP) -r deploy/requirements.txt
	@touch $@

$(VENV)/test.stamp: tests/requirements.txt $(VENV)/run.stamp
	@$(PIP) -r tests/requirements.txt
	@touch $@
