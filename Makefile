# `make` alone prints what there is. The work is in launch/.
PYTHON := $(shell for p in python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test long lint bench screenshots lock clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1 /p' Makefile | while read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

run: ## start everything with the demonstration cooperative (PORT=8000, HALL=1 for phones)
test: ## check style, types, layers and run the tests (ARGS="-k votes" for some)
long: ## run what is too slow for make test: PostgreSQL 15, soak, load, faults
lint: ## check style, types, layers and templates only
bench: ## measure accepted votes per second
screenshots: ## make the pictures of the README again
lock: ## write the hashed requirements again (ARGS=--upgrade for newer ones)
clean: ## delete .venv, var/ with all its data, and caches (asks first)

run test long lint bench screenshots lock clean:
	$(if $(PYTHON),@$(PYTHON) -m launch $@ $(ARGS),@echo "Falta Python 3.11: sudo apt-get install python3.11"; exit 1)
