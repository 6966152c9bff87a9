package lsp

import (
	"path"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/syntax"
)

// languages is what programs are written in: what editors call it, and the extensions of its files.
var languages = [...]struct {
	lang       syntax.Lang
	ids        []string
	extensions []string
}{
	{syntax.JSON, []string{"json", "jsonc"}, []string{"json"}},
	{syntax.JSONL, []string{"jsonl"}, []string{"jsonl"}},
	{syntax.YAML, []string{"yaml"}, []string{"yaml", "yml"}},
	{syntax.Python, []string{"python"}, []string{"py"}},
	{syntax.Markdown, []string{"markdown", "mdx"}, []string{"md", "mdx"}},
}

// languageOf is the language of a document: what the editor calls it, or else the extension of its file. It is false
// for a document that is none of ours.
func languageOf(id, name string) (syntax.Lang, bool) {
	id, ext := strings.ToLower(id), strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
	if ext == "jsonl" {
		id = "jsonl" // many editors take it for JSON
	}
	for _, l := range languages {
		if slices.Contains(l.ids, id) {
			return l.lang, true
		}
	}
	for _, l := range languages {
		if slices.Contains(l.extensions, ext) {
			return l.lang, true
		}
	}
	return 0, false
}

// extensions are those of all files that programs may be in.
func extensions() []string {
	var all []string
	for _, l := range languages {
		all = append(all, l.extensions...)
	}
	return all
}
