# Needs only git, make and Python (3.12 or newer). Everything else is installed into .venv.
PYTHON ?= python3

.PHONY: demo test bench faults lint check messages format lock

demo:    ## start the demo chain with everything it needs; PORT=8010 chooses another port
	@$(PYTHON) deploy/dev.py demo

test:    ## run all tests but bench and faults on all cores; ARGS="-k till" goes to pytest instead
	@$(PYTHON) deploy/dev.py test $(ARGS)

bench:   ## measure every hot path; BENCH=small takes minutes, ROWS=checkout a part of it
	@$(PYTHON) deploy/dev.py bench

faults:  ## kill database, web server and worker under programs that sell, and look for every sale; ROUNDS=50
	@$(PYTHON) deploy/dev.py faults

lint:    ## the checks that need no server
	@$(PYTHON) deploy/dev.py lint

check:   ## settings as in production, and no migration missing
	@$(PYTHON) deploy/dev.py check

messages: ## read all texts for people into the translation files
	@$(PYTHON) deploy/dev.py messages

format:  ## rewrite sources and templates in the house format
	@$(PYTHON) deploy/dev.py format

lock:    ## (maintainers) rewrite the lock files; needs uv
	@$(PYTHON) deploy/dev.py lock
