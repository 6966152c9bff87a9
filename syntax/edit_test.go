package syntax

import (
	"slices"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/source"
)

// layouts are the ways in which the trees are written before they are edited.
var layouts = []struct {
	name  string
	lang  Lang
	write func(*Node) string
	sure  bool // every edit can be made
}{
	{"JSON", JSON, func(n *Node) string { return Print(n, JSON) }, true},
	{"JSON with CRLF", JSON, func(n *Node) string { return strings.ReplaceAll(Print(n, JSON), "\n", "\r\n") }, true},
	{"JSON on one line", JSON, func(n *Node) string { return Inline(n, JSON) }, true},
	{"compact JSON", JSON, compact, true},
	{"JSON Lines", JSONL, func(n *Node) string { return "1\n" + Print(n, JSONL) + "2\n" }, true},
	{"YAML", YAML, func(n *Node) string { return Print(n, YAML) }, false},
	{"YAML with CRLF", YAML, func(n *Node) string { return strings.ReplaceAll(Print(n, YAML), "\n", "\r\n") }, false},
	{"YAML without a last line break", YAML, func(n *Node) string { return strings.TrimSuffix(Print(n, YAML), "\n") }, false},
	{"YAML with comments", YAML, commented, false},
	{"YAML on one line", YAML, func(n *Node) string { return Inline(n, YAML) }, false},
	{"Python", Python, func(n *Node) string { return Print(n, Python) }, true},
	{"Python with CRLF", Python, func(n *Node) string { return strings.ReplaceAll(Print(n, Python), "\n", "\r\n") }, true},
	{"Python on one line", Python, func(n *Node) string { return Inline(n, Python) }, true},
	{"Python with comments", Python, commentedPython, true},
	{"Python in its other spellings", Python, spelledPython, false},
	{"JSON in YAML", YAML, func(n *Node) string { return Print(noFloats(n), JSON) }, true},
}

// compact is JSON without blanks between the tokens.
func compact(n *Node) string {
	switch n.Kind {
	case List:
		var parts []string
		for _, item := range n.Items {
			parts = append(parts, compact(item))
		}
		return "[" + strings.Join(parts, ",") + "]"
	case Map:
		var parts []string
		for _, p := range n.Pairs {
			parts = append(parts, Inline(p.Key, JSON)+":"+compact(p.Value))
		}
		return "{" + strings.Join(parts, ",") + "}"
	}
	return Inline(n, JSON)
}

// commented is YAML with comments at the ends of lines and between them, where there are no literal blocks.
func commented(n *Node) string {
	text := Print(n, YAML)
	if strings.Contains(text, "|") {
		return text
	}
	var b strings.Builder
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if i%3 == 1 {
			b.WriteString(line[:indent] + "# between\n")
		}
		b.WriteString(line)
		if i%2 == 1 {
			b.WriteString(" # behind")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// noFloats is n without the numbers and strings that JSON and YAML spell differently.
func noFloats(n *Node) *Node {
	c := *n
	c.Items, c.Pairs = nil, nil
	for _, item := range n.Items {
		c.Items = append(c.Items, noFloats(item))
	}
	for _, p := range n.Pairs {
		if len(p.Key.Text.Value) < 300 && !strange(p.Key) {
			c.Pairs = append(c.Pairs, Pair{Key: p.Key, Value: noFloats(p.Value)})
		}
	}
	if n.Kind == Float || strange(n) {
		return NewNull()
	}
	return &c
}

func strange(n *Node) bool {
	return n.Kind == String && doubleQuote(YAML, n.Text.Value) != doubleQuote(JSON, n.Text.Value)
}

// change is an edit and the tree that it must lead to: replacement stands for target.
type change struct {
	name        string
	edits       []source.Edit
	ok          bool
	target      *Node
	replacement *Node
}

// changesOf tries every kind of edit at a node.
func changesOf(e Editor, f forest, n *Node) []change {
	var all []change
	add := func(name string, target, replacement *Node) func([]source.Edit, bool) {
		return func(edits []source.Edit, ok bool) {
			all = append(all, change{name, edits, ok, target, replacement})
		}
	}
	with := func(n *Node, edit func(*Node)) *Node {
		c := *n
		c.Items, c.Pairs = slices.Clone(n.Items), slices.Clone(n.Pairs)
		edit(&c)
		return &c
	}
	switch n.Kind {
	case List:
		for i := range n.Items {
			add("RemoveItem", n, with(n, func(c *Node) { c.Items = slices.Delete(c.Items, i, i+1) }))(e.RemoveItem(n, i))
		}
	case Map:
		for i := range n.Pairs {
			add("RemovePair", n, with(n, func(c *Node) { c.Pairs = slices.Delete(c.Pairs, i, i+1) }))(e.RemovePair(n, i))
			key := f.shortKey("renamed ")
			add("RenameKey", n, with(n, func(c *Node) { c.Pairs[i].Key = NewString(key) }))(e.RenameKey(n, i, key))
		}
		for after := -1; after < len(n.Pairs); after++ {
			key, value := f.shortKey("new "), f.tree(2)
			add("InsertPair", n, with(n, func(c *Node) { c.Pairs = slices.Insert(c.Pairs, after+1, NewPair(key, value)) }))(
				e.InsertPair(n, after, key, value))
		}
	default:
		value := f.string()
		add("ReplaceString", n, NewString(value))(e.ReplaceString(n, value))
		add("ReplaceScalar", n, NewInt(17))(e.ReplaceScalar(n, "17"))
		if n.Kind == String {
			old := n.Text.Value
			i := f.IntN(len(old) + 1)
			j := i + f.IntN(len(old)-i+1)
			text := []string{"", "x", "other_name", value}[f.IntN(4)]
			if strings.ToValidUTF8(text+old[:i], "") == text+old[:i] && strings.ToValidUTF8(old[j:], "") == old[j:] {
				add("ReplaceWithin", n, NewString(old[:i]+text+old[j:]))(e.ReplaceWithin(n, i, j, text))
			}
		}
	}
	return all
}

// shortKey is a key that needs no mark in YAML.
func (f forest) shortKey(prefix string) string {
	if key := prefix + f.string(); len(key) < 500 {
		return key
	}
	return prefix
}

// replaced is the tree with another node instead of one of its nodes.
func replaced(n, target, replacement *Node) *Node {
	if n == target {
		return replacement
	}
	c := *n
	c.Items, c.Pairs = nil, nil
	for _, item := range n.Items {
		c.Items = append(c.Items, replaced(item, target, replacement))
	}
	for _, p := range n.Pairs {
		c.Pairs = append(c.Pairs, Pair{p.Key, replaced(p.Value, target, replacement), p.Merged})
	}
	return &c
}

func each(n *Node, visit func(*Node)) {
	visit(n)
	for _, item := range n.Items {
		each(item, visit)
	}
	for _, p := range n.Pairs {
		each(p.Value, visit)
	}
}

// TestEdits makes every kind of edit at every node of random trees in every layout, one at a time, and
// demands the file that it should lead to.
func TestEdits(t *testing.T) {
	for _, layout := range layouts {
		if layout.lang == YAML && !yamlWorks() {
			continue
		}
		t.Run(layout.name, func(t *testing.T) {
			made, refused := map[string]int{}, map[string]int{}
			for seed := range uint64(400) {
				f := newForest(seed)
				checkEdits(t, layout.write(f.mapping(3)), layout.lang, f, func(c change, text string) {
					if !c.ok {
						refused[c.name]++
						if layout.sure {
							t.Errorf("%s: refused in\n%s", c.name, text)
						}
						return
					}
					made[c.name]++
				})
				if t.Failed() {
					return
				}
			}
			for name, n := range refused {
				if n*5 > made[name] {
					t.Errorf("%s: %d made, %d refused", name, made[name], n)
				}
			}
		})
	}
}

func checkEdits(t *testing.T, text string, lang Lang, f forest, count func(change, string)) {
	t.Helper()
	file := source.NewFile("", text)
	docs := read(file, lang)
	k := len(docs) / 2 // of JSON Lines the one between two others
	if len(docs[k].Problems) > 0 {
		return
	}
	each(docs[k].Root, func(n *Node) {
		for _, c := range changesOf(Editor{File: file, Lang: lang}, f, n) {
			count(c, text)
			if !c.ok {
				continue
			}
			after, err := source.Apply(text, c.edits)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			want := replaced(docs[k].Root, c.target, c.replacement)
			got := read(source.NewFile("", after), lang)
			if len(got) != len(docs) || len(got[k].Problems) > 0 || !Equal(got[k].Root, want) {
				t.Errorf("%s made of\n%s\nthis:\n%s\nwhich is %s\nwanted   %s\n%v", c.name, text, after,
					Inline(got[min(k, len(got)-1)].Root, JSON), Inline(want, JSON), got[0].Problems)
			}
		}
	})
}
