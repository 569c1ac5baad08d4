# One word each; `make` alone lists them. What a step does in detail is in .ci/.

.DEFAULT_GOAL := help

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: build ## Serve a demo on http://127.0.0.1:8080 (ADRESSE=host:port to change), with its own PostgreSQL
	bin/base-eleves serve --demo

.PHONY: build
build: ## Build bin/base-eleves
	go build -o bin/base-eleves ./cmd/base-eleves

.PHONY: test
test: ## Install what the tests need where possible, then run them all (RACE=-race: those where things run at once under the race detector)
	@.ci/test $(RACE)

.PHONY: check
check: ## Formatting, generated code, go vet, staticcheck
	@.ci/check

.PHONY: explore
explore: ## Draw random cases that `make test` does not, for an hour at most (DUREE=10m)
	go test -timeout 90m -run 'TestModele$$' ./internal/modele -duree $(or $(DUREE),10m) -rapid.checks=100000 -rapid.seed=0
	go test -timeout 90m $$(grep -rl --include='*_test.go' fixture/graine internal | grep -v internal/modele | xargs -n1 dirname | sed 's|^|./|') -rapid.checks=2000 -rapid.seed=0

.PHONY: attaque
attaque: build ## Have sqlmap, ffuf, slowhttptest, fuzzers and faulty rights try a disposable demo, on this machine (PARTS=sql DUREE=20s)
	@.ci/attaque $(PARTS)

.PHONY: bench
bench: build ## Measure pages beside pgbench on a generated base (ELEVES=60000; GRAND=6500000 adds a second one)
	go run ./internal/bench -eleves $(or $(ELEVES),60000) -grand $(or $(GRAND),0)

.PHONY: generate
generate: ## Regenerate *_templ.go from *.templ
	for tree in cmd internal web; do go tool templ fmt $$tree; done # it takes one path, and is silent about others
	go tool templ generate

.PHONY: communes
communes: ## Rebuild the reference of communes from the npm package (data INSEE, La Poste, DGCL; Licence Ouverte)
	npm install --silent --no-save --prefix var/npm @etalab/decoupage-administratif@6.0.0
	go run ./internal/domain/commune/gen var/npm/node_modules/@etalab/decoupage-administratif/data internal/domain/commune

.PHONY: captures
captures: ## Take again the pictures of the README, in web/captures
	mkdir -p web/captures
	go test -count=1 -run TestCaptures ./internal/parcours -captures $(CURDIR)/web/captures

.PHONY: demo-reset
demo-reset: build ## Empty the demo base and fill it again
	bin/base-eleves demo reset

.PHONY: clean
clean: ## Remove what was built and the tests' server; the demo base (var/pg) stays
	rm -rf bin var/pgtest
