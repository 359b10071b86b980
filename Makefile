# Teamforum: `make run` opens it on a fictional municipality, `make test` checks all of it. Both install what is missing.

ifeq ($(LC_ALL)$(LC_CTYPE)$(LANG),)
export LANG := C.UTF-8
endif

PYTHON_HERE := .venv/bin/python
DEMO := build/demo/demo.tfdb
DEMO_PASSWORD := Teamforum-demo-1
# Nothing of the person's own database or password may reach the demo or the tests.
CLEAN_ENV := env -u TEAMFORUM_DATABASE -u TEAMFORUM_USER -u TEAMFORUM_PASSWORD -u TEAMFORUM_TODAY
OFFSCREEN := $(CLEAN_ENV) QT_QPA_PLATFORM=offscreen

.DEFAULT_GOAL := help
.PHONY: help run test lint format screenshots bench faults bundle wheel lock clean distclean ready-to-run ready-to-test
.SILENT:

help: ## list the targets
	awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ready-to-run $(DEMO) ## open Teamforum on the demo municipality; without a screen, draw it into build/demo/
	if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	    echo "Opening Teamforum on the demo municipality. Log in as demo with the password $(DEMO_PASSWORD)"; \
	    $(CLEAN_ENV) TEAMFORUM_USER=demo .venv/bin/teamforum -d $(DEMO); \
	else \
	    echo "There is no screen here: going through the demo on a virtual one …"; \
	    $(CLEAN_ENV) QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1600x1000x24" .venv/bin/teamforum --draw build/demo && \
	    echo "Agenda, minutes and a picture of each page lie in build/demo/"; \
	fi

test: ready-to-test lint ## run every check and test
	echo "Tests …"
	$(OFFSCREEN) .venv/bin/pytest

lint: ready-to-test ## style, format and types only
	echo "Style …"
	.venv/bin/ruff check --quiet .
	.venv/bin/ruff format --quiet --check . || { echo "Some files are not formatted: make format"; exit 1; }
	echo "Types …"
	.venv/bin/mypy

format: ready-to-test ## lay out the code and mend what can be mended by itself
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

screenshots: ready-to-test ## draw every page, dialog and PDF page of the demo into build/screenshots/
	echo "Drawing the pages, dialogs and documents …"
	$(OFFSCREEN) .venv/bin/teamforum --draw build/screenshots --draw-all
	echo "The pictures lie in build/screenshots/"

bench: ready-to-test ## measure speed against its floors and peers; leaves build/bench.json
	echo "Measuring …"
	$(OFFSCREEN) $(PYTHON_HERE) -m bench

faults: ready-to-test ## kill, cut off, damage and attack it, half an hour; leaves build/faults.md and build/faults.json
	echo "Trying every promise …"
	$(OFFSCREEN) $(PYTHON_HERE) -m faults

bundle: ready-to-test ## one folder that runs without Python: build/bundle/teamforum/
	echo "Building the bundle …"
	.venv/bin/pyinstaller --noconfirm --log-level WARN --distpath build/bundle --workpath build/pyinstaller packaging/teamforum.spec
	echo "Trying it …"
	$(OFFSCREEN) build/bundle/teamforum/teamforum --self-test
	echo "The bundle lies in build/bundle/teamforum/"

wheel: ready-to-test ## the installable package, in build/wheel/
	.venv/bin/hatchling build --target wheel --directory build/wheel

lock: ready-to-test ## write the requirement files anew from pyproject.toml and requirements-dev.in
	echo "Choosing the newest versions that the ranges allow …"
	packaging/lock --upgrade

clean: ## remove what was made, but keep the environment
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find app bench faults tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	echo "Clean."

distclean: clean ## remove the environment too
	rm -rf .venv

ready-to-run:
	packaging/prepare run

ready-to-test:
	packaging/prepare test

$(DEMO): | ready-to-run
	echo "Making the demo municipality …"
	mkdir -p $(@D)
	$(CLEAN_ENV) TEAMFORUM_USER=demo TEAMFORUM_PASSWORD=$(DEMO_PASSWORD) .venv/bin/teamforum -d $@ demo || { rm -f $@*; exit 1; }
