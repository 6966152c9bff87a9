package config

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/nanolint/nanolint/syntax"
)

var update = flag.Bool("update", false, "write the documentation anew")

const (
	page      = "../docs/configuration.md"
	keysBegin = "<!-- keys: written by make golden from config/config.schema.json -->\n"
	keysEnd   = "<!-- end of keys -->\n"
)

// The keys of the documentation are those of the schema.
func TestDocumentationIsTheSchema(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(text), keysBegin)
	_, behind, ends := strings.Cut(rest, keysEnd)
	if !begins || !ends {
		t.Fatalf("%s has no place for the keys", page)
	}
	want := before + keysBegin + keysPage() + keysEnd + behind
	if want == string(text) {
		return
	}
	if !*update {
		t.Fatalf("%s is stale: run make golden", page)
	}
	if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

func keysPage() string {
	var b strings.Builder
	for _, p := range schema().Get("properties").Pairs {
		key, want := p.Key.Text.Value, p.Value
		fmt.Fprintf(&b, "### %s\n\n%s\n\n", key, want.Get("description").StringValue())
		if words := itemsOf(want.Get("enum")); words != nil {
			fmt.Fprintf(&b, "One of %s.", codeList(words))
			if d := want.Get("default"); d != nil {
				fmt.Fprintf(&b, " Default: `%s`.", d.Text.Value)
			}
			b.WriteString("\n\n")
		}
		for _, example := range itemsOf(want.Get("examples")) {
			fmt.Fprintf(&b, "```yaml\n%s```\n\n", syntax.Print(syntax.NewMap(syntax.NewPair(key, example)), syntax.YAML))
		}
		fields(&b, want)
	}
	return b.String()
}

// fields are the keys of the mappings that a key takes.
func fields(b *strings.Builder, want *syntax.Node) {
	want = resolve(want)
	switch {
	case want.Get("anyOf") != nil:
		for _, n := range want.Get("anyOf").Items {
			fields(b, n)
		}
	case want.Get("items") != nil:
		fields(b, want.Get("items"))
	case want.Get("additionalProperties") != nil && want.Get("additionalProperties").Kind == syntax.Map:
		fields(b, want.Get("additionalProperties"))
	case want.Get("properties") != nil:
		b.WriteString("| key | meaning |\n|---|---|\n")
		required := make(map[string]bool)
		for _, n := range itemsOf(want.Get("required")) {
			required[n.Text.Value] = true
		}
		for _, p := range want.Get("properties").Pairs {
			name := "`" + p.Key.Text.Value + "`"
			if required[p.Key.Text.Value] {
				name += " (required)"
			}
			fmt.Fprintf(b, "| %s | %s |\n", name, strings.ReplaceAll(p.Value.Get("description").StringValue(), "|", `\|`))
		}
		b.WriteByte('\n')
	}
}

func codeList(words []*syntax.Node) string {
	var all []string
	for _, w := range words {
		all = append(all, "`"+w.Text.Value+"`")
	}
	return strings.Join(all, ", ")
}
