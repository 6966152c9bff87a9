module github.com/nanolint/nanolint

go 1.26.8

require github.com/dominikbraun/graph v0.23.0 // indirect
