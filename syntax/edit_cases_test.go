package syntax

import (
	"strconv"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// editCase is a file, an edit at the value of a pointer, and the file after it; empty if it is refused.
type editCase struct{ before, pointer, edit, after string }

var editCases = []editCase{
	// A pair on a dash line: the next one moves up, or an empty mapping stays.
	{"- id: a\n  type: x\n", "/0", "remove 0", "- type: x\n"},
	{"-   id: a # it\n    type: x\n- 1\n", "/0", "remove 0", "-   type: x\n- 1\n"},
	{"- id: a\n  # about the type\n  type: x\n", "/0", "remove 0", "-\n  # about the type\n  type: x\n"},
	{"- id: a\n- 1\n", "/0", "remove 0", "- {}\n- 1\n"},
	{"- - a\n  - b\n", "/0", "remove 0", "- - b\n"},
	{"- - a\n", "/0", "remove 0", "- []\n"},
	{"- id: a\n  type: x\n", "/0", "insert -1", "- new: 1\n  id: a\n  type: x\n"},
	{"- id: a\n  type: x\n", "/0", "insert 1", "- id: a\n  type: x\n  new: 1\n"},
	// Lines, with the comments of others kept.
	{"a: 1\n# about b\nb: 2 # also\n# about c\nc: 3\n", "", "remove 1", "a: 1\n# about b\n# about c\nc: 3\n"},
	{"a: 1\nb:\n  - x\n  - y\nc: 3\n", "", "remove 1", "a: 1\nc: 3\n"},
	{"a: 1\nb:\nc: 3\n", "", "remove 1", "a: 1\nc: 3\n"},
	{"a: 1\r\nb: |\r\n  x\r\n\r\n  y\r\nc: 3\r\n", "", "remove 1", "a: 1\r\nc: 3\r\n"},
	{"a: 1\r\nb: 2", "", "insert 1", "a: 1\r\nb: 2\r\nnew: 1"},
	{"a: 1 # c\r\nb: 2\r\n", "", "insert 0", "a: 1 # c\r\nnew: 1\r\nb: 2\r\n"},
	{"m:\n  a: 1\n  # end\nn: 2\n", "/m", "insert 0", "m:\n  a: 1\n  new: 1\n  # end\nn: 2\n"},
	{"m:\n  a: 1\nn: 2\n", "/m", "remove 0", "m: {}\nn: 2\n"},
	{"m: # why\n  a: 1\nn: 2\n", "/m", "remove 0", ""},
	{"l:\n- a\nn: 2\n", "/l", "remove 0", "l: []\nn: 2\n"},
	{"l:\n- a\n- \n- b\n", "/l", "remove 1", "l:\n- a\n- b\n"},
	{"p: |+\n  x\nb: 1\n\nc: 2\n", "", "remove 1", ""},
	{"p: |\n  x\nb:\n  - y\n  # tail\nc: 1\n", "", "remove 1", ""},
	{"p: |+\n  x\n\nc: 1\n", "", "insert 0", ""},
	{"p: |\n  x", "", "insert 0", ""},
	{"p: |\n  x\n", "", "insert 0", "p: |\n  x\nnew: 1\n"},
	// Brackets.
	{"{a: 1, # one\n b: 2}\n", "", "remove 0", "{ # one\n b: 2}\n"},
	{"{a: 1, # one\n b: 2}\n", "", "remove 1", "{a: 1, # one\n }\n"},
	{"{a: 1, b: 2,}\n", "", "remove 1", "{a: 1,}\n"},
	{"{a: 1, # one\n b: 2}\n", "", "insert 1", "{a: 1, # one\n b: 2,\n new: 1}\n"},
	{"{a: , b}\n", "", "remove 1", "{a:}\n"},
	{"[a, b: 1]\n", "", "remove 1", "[a]\n"},
	{"[a, b: 1]\n", "/1", "remove 0", ""},
	{"a: {}\n", "/a", "insert -1", "a: {new: 1}\n"},
	// Items, and values of another kind.
	{"l:\n- a # one\n- b\n", "/l", "insert 0", "l:\n- a # one\n- {new: 1}\n- b\n"},
	{"l:\n  - a # one\n  - b", "/l", "insert 1", "l:\n  - a # one\n  - b\n  - {new: 1}"},
	{"l:\n  # one\n  - a\n", "/l", "insert -1", "l:\n  # one\n  - {new: 1}\n  - a\n"},
	{"- - a\n  - b\n- c\n", "/0", "insert 0", "- - a\n  - {new: 1}\n  - b\n- c\n"},
	{"- - a\n  - b\n- c\n", "/0", "insert -1", "- - {new: 1}\n  - a\n  - b\n- c\n"},
	{"l: [a, # one\n b]\n", "/l", "insert 1", "l: [a, # one\n b,\n {new: 1}]\n"},
	{"l: []\n", "/l", "insert -1", "l: [{new: 1}]\n"},
	{"a: x # c\n", "/a", "value", "a: {new: 1} # c\n"},
	{"a: # c\nb: 1\n", "/a", "value", "a: {new: 1} # c\nb: 1\n"},
	{"a: |\n  x # y\n\nb: 1\n", "/a", "value", "a: {new: 1}\n\nb: 1\n"},
	{"a: |+\n  x\n\nb: 1\n", "/a", "value", "a: {new: 1}\n\nb: 1\n"},
	{"a: |", "/a", "value", "a: {new: 1}"},
	{"a:\n- x\n- y\nb: 1\n", "/a", "value", "a:\n  {new: 1}\nb: 1\n"},
	{"- - x\n  - y\n- z\n", "/0", "value", "- {new: 1}\n- z\n"},
	{"a:\n  c: x\n  d: |\n    y\n\nb: 1\n", "/a", "value", "a:\n  {new: 1}\n\nb: 1\n"},
	{"a:\n  - x # c\n  - y\n", "/a", "value", ""},
	{"a:\n  - x\n  # c\n  - y\n", "/a", "value", ""},
	{"a:\n  c: '#'\n  d: \"x #\"\n", "/a", "value", "a:\n  {new: 1}\n"},
	{"a:\n  c: | # c\n    x\n  d: y\n", "/a", "value", ""},
	{"a: &x [1]\nb: *x\n", "/b", "value", ""},
	{"a: [&x 1]\nb: *x\n", "/a", "value", ""},
	// What is shared or marked is left alone.
	{"a: &x {b: 1}\nc: *x\n", "", "remove 0", ""},
	{"a: &x {b: 1}\nc: *x\n", "/c", "insert 0", ""},
	{"a: &x {b: 1}\nc: *x\n", "/c", "remove 0", ""},
	{"a: &x {b: 1}\nc: *x\n", "", "remove 1", "a: &x {b: 1}\n"},
	{"a: &x 1\nb: *x\n", "/b", "string z", ""},
	{"a: &x 1\nb: *x\n", "/a", "string z", ""},
	{"a: !!str 1\n", "/a", "scalar 2", ""},
	{"m: &m {a: 1}\nn:\n  <<: *m\n  b: 2\n", "/n", "remove 0", ""},
	{"m: &m {a: 1}\nn:\n  b: 2\n  <<: *m\n", "/n", "remove 0", ""},
	{"m: &m {a: 1}\nn:\n  b: 2\n  <<: *m\n", "/n", "remove 1", ""},
	{"m: &m {a: 1}\nn:\n  b: 2\n  c: 3\n  <<: *m\n", "/n", "remove 0", "m: &m {a: 1}\nn:\n  c: 3\n  <<: *m\n"},
	{"? k\n: v\n", "", "remove 0", ""},
	{"? k\n: v\n", "", "insert 0", ""},
	{"? k\n: v\n", "", "rename 0 l", "? l\n: v\n"},
	// Scalars keep their quotes, and get them where they need them.
	{"a: 'x' # c\n", "/a", "string it's", "a: 'it''s' # c\n"},
	{"a: \"x\"\n", "/a", "string 'y\"", "a: \"'y\\\"\"\n"},
	{"a: x\n", "/a", "string yes", "a: \"yes\"\n"},
	{"a: 'x'\n", "/a", "string two\nlines", "a: \"two\\nlines\"\n"},
	{"a: |\n  x\n  y\nb: 1\n", "/a", "string z", "a: z\nb: 1\n"},
	{"a:\nb: 1\n", "/a", "string z", "a: z\nb: 1\n"},
	{"a: # c\nb: 1\n", "/a", "string z", "a: z # c\nb: 1\n"},
	{"- \n- b\n", "/0", "scalar 3", "- 3 \n- b\n"},
	{"{a, b: 1}\n", "/a", "scalar 3", ""},
	{"a: \"yes\"\n", "/a", "scalar true", "a: true\n"},
	{"then: x\n", "", "rename 0 on", "\"on\": x\n"},
	{"on: x\n", "", "rename 0 then", "then: x\n"},
	// Inside of a string.
	{"a: 'it''s $x'\n", "/a", "within 5 7 $y", "a: 'it''s $y'\n"},
	{"a: >\n  one two\n  three\n", "/a", "within 8 13 four", "a: >\n  one two\n  four\n"},
	{"a: one\n  two\n", "/a", "within 4 7 three", "a: one three\n"},
	{"a: one two\n", "/a", "within 4 7 #", "a: \"one #\"\n"},
	{"a: \"\\u00e9x\"\n", "/a", "within 2 3 \"", "a: \"\\u00e9\\\"\"\n"},
}

func TestEditCases(t *testing.T) {
	for _, c := range editCases {
		file := source.NewFile("", c.before)
		doc := Parse(file, YAML)[0]
		edits, ok := runEdit(t, Editor{File: file, Lang: YAML}, doc.Root.At(c.pointer), c.edit)
		got := ""
		if ok {
			var err error
			if got, err = source.Apply(c.before, edits); err != nil {
				t.Fatal(err)
			}
			if p := Parse(source.NewFile("", got), YAML)[0].Problems; len(p) > 0 {
				t.Errorf("%q: %s: %v", c.before, c.edit, p)
			}
		}
		if got != c.after {
			t.Errorf("%q: %s at %q: %q, want %q", c.before, c.edit, c.pointer, got, c.after)
		}
	}
}

// runEdit makes the edit that a few words describe.
func runEdit(t *testing.T, e Editor, n *Node, edit string) ([]source.Edit, bool) {
	t.Helper()
	if edit == "value" {
		return e.ReplaceValue(n, NewMap(NewPair("new", NewInt(1))))
	}
	verb, rest, _ := strings.Cut(edit, " ")
	words := strings.Fields(rest)
	k, _ := strconv.Atoi(words[0])
	switch {
	case verb == "remove" && n.Kind == List:
		return e.RemoveItem(n, k)
	case verb == "remove":
		return e.RemovePair(n, k)
	case verb == "insert" && n.Kind == List:
		return e.InsertItem(n, k, NewMap(NewPair("new", NewInt(1))))
	case verb == "insert":
		return e.InsertPair(n, k, "new", NewInt(1))
	case verb == "rename":
		return e.RenameKey(n, k, words[1])
	case verb == "string":
		return e.ReplaceString(n, rest)
	case verb == "scalar":
		return e.ReplaceScalar(n, rest)
	}
	end, _ := strconv.Atoi(words[1])
	return e.ReplaceWithin(n, k, end, words[2])
}
