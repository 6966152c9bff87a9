package lsp

import (
	"path"
	"strings"

	"github.com/nanolint/nanolint/syntax"
)

// languageOf is the language of a document: what the editor calls it, or else the extension of its file.
// It is false for a document that is none of ours.
func languageOf(id, name string) (syntax.Lang, bool) {
	switch strings.ToLower(id) {
	case "json", "jsonc":
		if ext(name) == ".jsonl" {
			return syntax.JSONL, true
		}
		return syntax.JSON, true
	case "jsonl":
		return syntax.JSONL, true
	case "yaml":
		return syntax.YAML, true
	}
	switch ext(name) {
	case ".json":
		return syntax.JSON, true
	case ".jsonl":
		return syntax.JSONL, true
	case ".yaml", ".yml":
		return syntax.YAML, true
	}
	return 0, false
}

func ext(name string) string { return strings.ToLower(path.Ext(name)) }
