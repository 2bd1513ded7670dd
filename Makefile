# Everything is done by run.py, which needs nothing but a Python; see `make help`.
PYTHON ?= python3
ARGS ?=

.PHONY: help run test check bench catalogues clean-data lock

help run check clean-data:
	@$(PYTHON) run.py $@

test bench catalogues lock:
	@$(PYTHON) run.py $@ $(ARGS)
