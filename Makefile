# The words that people and .ci/run use alike.
.DEFAULT_GOAL := help
SHELL := /bin/bash

# Recorded real data for further tests; tests over it are skipped, visibly, when it is absent.
ASSAY_CORPUS ?= $(wildcard $(abspath ../shared/corpus))
export ASSAY_CORPUS

.PHONY: help run test lint format build man release bench detection validate clean

help: ## show these words
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start a collector on loopback, enrol and scan this machine, deliver and judge the report
	@scripts/install-dependencies build
	@scripts/run

test: ## run every test, end to end included
	@scripts/install-dependencies build test
	@scripts/test

lint: ## check format, documentation of public names, import bans and scripts
	@scripts/install-dependencies build test
	@scripts/lint

format: ## rewrite the sources in the project's format
	swift format format --in-place --parallel --recursive Package.swift Sources agent collector Tests Benchmarks

build: ## build everything for debugging
	@scripts/install-dependencies build
	swift build

man: ## make the man pages from --help
	@scripts/make-man-pages

release: ## build both programs as they are shipped
	@scripts/install-dependencies build
	scripts/build-release assay-agent
	scripts/build-release assay-collector

bench: ## measure against peers in the same run; prints ratios
	@scripts/install-dependencies build bench
	@scripts/bench

detection: ## judge the genuine devices of the corpus; prints the rate of false alarms by rule
	@scripts/install-dependencies build test
	@scripts/detection

validate: ## hold exports, documents and the API against their schemas, with validators of others
	@scripts/install-dependencies build validate
	@scripts/validate
	@scripts/validate-api

clean: ## remove what was built and the state of `make run`
	rm -rf .build .build-* state
