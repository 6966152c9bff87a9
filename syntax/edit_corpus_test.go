package syntax

import (
	"strings"
	"testing"
)

// TestEditsOfCorpora edits the texts that were recorded for the readers: what is refused there does not
// matter, but what is made must be right.
func TestEditsOfCorpora(t *testing.T) {
	made := 0
	count := func(c change, _ string) {
		if c.ok {
			made++
		}
	}
	for i, text := range pythonTexts(t) {
		checkEdits(t, text, JSON, newForest(uint64(i)), count)
	}
	for i, r := range recordedYAMLs(t) {
		if len(r.Text) < 2000 && !strings.Contains(r.Text, "<<") { // what merges changes with what it merges
			checkEdits(t, r.Text, YAML, newForest(uint64(i)), count)
		}
	}
	if made < 1000 {
		t.Errorf("only %d edits made", made)
	}
}

// FuzzEdit makes every kind of edit of any text.
func FuzzEdit(f *testing.F) {
	for _, c := range editCases {
		f.Add(c.before, true, uint64(1))
	}
	f.Add(`{"a": [1, {"b": "x\u00e9y"}, ], "c": {}}`, false, uint64(2))
	f.Fuzz(func(t *testing.T, text string, yaml bool, seed uint64) {
		lang := JSON
		if yaml {
			lang = YAML
		}
		if len(text) < 500 && !strings.Contains(text, "<<") {
			checkEdits(t, text, lang, newForest(seed), func(change, string) {})
		}
	})
}
