# test: the tests, with the editors that drive nanolint in them. check: what must be true of every commit.
.PHONY: test check golden fuzz bench

test:
	@NANOLINT_CLIENTS="$$(editors/test-setup)" && export NANOLINT_CLIENTS && go test ./...

check:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run gofmt -w on these files"; exit 1; }
	go vet ./...
	@$(MAKE) --no-print-directory test

# Write the golden files anew; the diff is the change in behaviour.
golden:
	go test ./syntax ./program ./report ./config ./lsp ./cmd/nanolint -update

# Each fuzz target for a while: make fuzz FUZZTIME=10m
FUZZTIME ?= 30s
fuzz:
	@go list ./... | while read -r pkg; do \
		go test -list '^Fuzz' "$$pkg" | grep '^Fuzz' | while read -r target; do \
			echo "$$pkg $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x "$$pkg" </dev/null || exit 1; \
		done || exit 1; \
	done

# Measure, and write the table of docs/performance.md. The Python machine is measured with docs/reference.py, where there is one.
bench:
	{ cat docs/reference.txt; go test -p 1 -run '^$$' -bench . -benchtime 1s ./...; } | tee /dev/stderr | go run docs/performance.go >docs/performance.new
	mv docs/performance.new docs/performance.md
