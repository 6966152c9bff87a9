package syntax

import (
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// TestJSONLinear reads long texts of every bad kind. It ends in time only if none of them is quadratic: that
// would take hours.
func TestJSONLinear(t *testing.T) {
	const size = 100_000
	for _, piece := range []string{
		"[", "{", "]", "}", "[}", "{]", "[]", ",", ":", "\"", "\\", "'", "\x00", "\xff", "é", "#", "//", "/*", "// x\n", " ", "\n", "\r",
		"a", "a ", "a\n", "a:", "1", "1 ", "+1", "_1", "-", "0", ".", "\"a\"", "\"a\":", "\"a\\", "\"a\n", "\"a\nb", "\"\"x", "{\"a\":", "[{\"a\":1",
		"{\"a\":1 ", "'a' ", "'a\n", "true ", "True,", "\\u", "\"\\ud800", "(", "1;", "}\"a\":[", "[1}", "\"]", "\"x]]]]]\n",
	} {
		for _, before := range []string{"", "[", "{", "{\"a\":", "\"", strings.Repeat("[", 900), "{" + strings.Repeat(`"a":[`, 400)} {
			text := before + strings.Repeat(piece, size/len(piece))
			docs := Parse(source.NewFile("", text), JSON)
			if len(docs) != 1 || len(docs[0].Problems) > 2*maxProblems {
				t.Errorf("%q, %q: %d documents, %d problems", before, piece, len(docs), len(docs[0].Problems))
			}
		}
	}
	for _, levels := range []int{MaxDepth, MaxDepth + 1, 100_000, 10_000_000} {
		text := `{"deep": ` + strings.Repeat("[", levels-1) + strings.Repeat("]", levels-1) + `, "behind": 1}`
		doc := Parse(source.NewFile("", text), JSON)[0]
		if doc.Root.Get("behind") == nil || doc.Root.Get("behind").Text.Value != "1" {
			t.Errorf("%d levels: what follows is lost", levels)
		}
		if deep := len(doc.Problems) == 1 && doc.Problems[0].Code == TooDeep; deep != (levels > MaxDepth) {
			t.Errorf("%d levels: %v", levels, doc.Problems)
		}
	}
}
