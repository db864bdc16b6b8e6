# The tasks of a day, by the names that people know. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help setup test lint types docs demo gate night wheel sbom wheels folder deb clean

help:  ## List the tasks
	@grep -hE '^[a-z]+: .*## ' $(MAKEFILE_LIST) | awk -F ': .*## ' '{printf "%-8s %s\n", $$1, $$2}'

setup:  ## Make .venv with the locked tools and Offwall itself
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .

test:  ## Run the quick tests
	$(BIN)/python -m pytest -q -m "not slow" -n 2

lint:  ## Check style and form
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:  ## Check types and the walls between the rooms
	rm -rf build/lib build/typed
	$(BIN)/python -m pip install --quiet --no-deps --target build/typed .
	cd build/typed && ../../$(BIN)/mypy --strict --config-file ../../pyproject.toml -p offwall
	cd build/typed && PYTHONPATH=. ../../$(BIN)/lint-imports --config ../../pyproject.toml

docs:  ## Make what the documents take from the program: keys, pictures, the schema
	$(BIN)/python -m docs.keys
	$(BIN)/python -m docs.commands
	$(BIN)/python -m docs.picture
	$(BIN)/offwall schema > docs/session.schema.json

demo:  ## Open a copy of the sample, made in build/
	mkdir -p build && cd build && ../$(BIN)/offwall demo

gate:  ## Run all that must hold before a change is taken
	bash .ci/run

night:  ## Run what takes longer than the gate may
	bash .ci/night

wheel:  ## Build the wheel and the source; one commit gives the same bytes
	PYTHON=$(BIN)/python bash .packaging/wheel

sbom:  ## Write what Offwall stands on, as CycloneDX
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python .packaging/sbom.py

wheels:  ## Gather the wheels for a computer without a network; PLATFORMS chooses
	$(BIN)/python .packaging/wheels.py $(PLATFORMS)

folder:  ## Build a folder that runs without Python
	bash .packaging/folder

deb:  ## Build a Debian package of that folder
	bash .packaging/deb

clean:  ## Remove what was built
	rm -rf build dist offwall.egg-info
