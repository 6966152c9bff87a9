module github.com/nanolint/nanolint

go 1.26.8
