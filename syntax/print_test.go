package syntax

import (
	"testing"

	"github.com/nanolint/nanolint/source"
)

// TestPrintRoundTrip prints random trees and reads them again.
func TestPrintRoundTrip(t *testing.T) {
	for _, lang := range []Lang{JSON, JSONL, YAML, Python} {
		if lang == YAML && !yamlWorks() {
			continue
		}
		for seed := range uint64(3000) {
			f := newForest(seed)
			want := f.tree(4)
			for name, text := range map[string]string{"print": Print(want, lang), "inline": Inline(want, lang)} {
				docs := read(source.NewFile("", text), lang)
				if len(docs) != 1 || len(docs[0].Problems) > 0 || !Equal(docs[0].Root, want) {
					t.Fatalf("%v %s, seed %d: %v\n%s\nread as\n%s", lang, name, seed, docs[0].Problems, text, Print(docs[0].Root, JSON))
				}
			}
		}
	}
}

// yamlWorks reports whether there is a reader for YAML.
func yamlWorks() bool {
	doc := Parse(source.NewFile("", "a: [b]\n"), YAML)[0]
	return doc.Root.Get("a") != nil
}
