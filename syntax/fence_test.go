package syntax

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/nanolint/nanolint/source"
)

// ourFences is the fences of a text: for each its info string and its content.
func ourFences(markdown string) (all []string) {
	f := source.NewFile("", markdown)
	for _, fence := range fences(f) {
		all = append(all, fence.info+"\n"+fence.text(f).Value)
	}
	return all
}

// theirFences is the same as goldmark has it.
func theirFences(markdown string) (all []string) {
	data := []byte(markdown)
	root := goldmark.New().Parser().Parse(text.NewReader(data))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if c, ok := n.(*ast.FencedCodeBlock); ok && entering {
			info := ""
			if c.Info != nil {
				info = string(c.Info.Segment.Value(data))
			}
			all = append(all, info+"\n"+string(c.Lines().Value(data)))
		}
		return ast.WalkContinue, nil
	})
	return all
}

// fenceCases are texts and the content of their fences, as CommonMark has it.
var fenceCases = []struct {
	markdown string
	want     []string
}{
	{"```\na\n```\n", []string{"\na\n"}},
	{"~~~ json x\na\n\nb\n~~~\n", []string{"json x\na\n\nb\n"}},
	{"text\n```yaml\na\n```\ntext\n```\nb\n```", []string{"yaml\na\n", "\nb\n"}},
	{"   ```\n   a\n     b\n c\n  ```\n", []string{"\na\n  b\nc\n"}},
	{"    ```\n    a\n", nil},
	{"````\n```\n````\n", []string{"\n```\n"}},
	{"```\n~~~\n```\n", []string{"\n~~~\n"}},
	{"```\na\n", []string{"\na\n"}},
	{"``` a`b\nc\n```\n", []string{"\n"}},
	{"``\na\n``\n", nil},
	{"```\na\n    ```\nb\n```\n", []string{"\na\n    ```\nb\n"}},
	{"```\na\n```x\n``` \n", []string{"\na\n```x\n"}},
	{"> ```json\n> a\n>  b\n> ```\n", []string{"json\na\n b\n"}},
	{">```\n>a\n>\n>b\n", []string{"\na\n\nb\n"}},
	{"> ```\n> a\nb\n", []string{"\na\n"}},
	{"- ```\n  a\n\n  b\n  ```\n", []string{"\na\n\nb\n"}},
	{"- text\n\n  ```yaml\n  a:\n    b\n  ```\n- ```\n  c\n  ```\n", []string{"yaml\na:\n  b\n", "\nc\n"}},
	{"- ```\n  a\nb\n", []string{"\na\n"}},
	{"10. text\n\n    ```\n    a\n    ```\n", []string{"\na\n"}},
	{"1. a\n   - b\n\n     ```\n     c\n     ```\n   ```\n   d\n   ```\n", []string{"\nc\n", "\nd\n"}},
	{"> - ```\n>   a\n>   ```\n", []string{"\na\n"}},
	{"- > ```\n  > a\n  > ```\n", []string{"\na\n"}},
	{"-\n  ```\n  a\n  ```\n", []string{"\na\n"}},
	{"-\n\n  ```\n  a\n  ```\n", []string{"\na\n"}},
	{"1234567890. ```\n", nil},
	{"text\n2. ```\n", nil},
	{"text\n1. ```\n   a\n", []string{"\na\n"}},
	{"1. a\n2. ```\n   b\n", []string{"\nb\n"}},
	{"1.  a\nlazy\n    ```\n    b\n    ```\n", []string{"\nb\n"}},
	{"- - -\n  ```\n  a\n", []string{"\na\n"}},
	{"# a\n```\nb\n", []string{"\nb\n"}},
	{"```\r\na\r\n```\r\n", []string{"\na\r\n"}},
	{"<!--\n```\na\n```\n-->\n```\nb\n```\n", []string{"\nb\n"}},
	{"<details>\n```\na\n```\n\n```\nb\n```\n</details>\n", []string{"\nb\n"}},
	{"<Tabs>\n\n```\na\n```\n\n</Tabs>\n", []string{"\na\n"}},
	{"<Tab x=\">\">\n```\na\n```\n", nil},
	{"text\n<b>\n```\na\n", []string{"\na\n"}},
	{"<pre>\n\n```\na\n```\n</pre>\n```\nb\n", []string{"\nb\n"}},
	{"\ufeff```\na\n```\n", []string{"\na\n"}},
	{"-   ```\n\ta\n\t```\n", []string{"\na\n"}},
}

func TestFences(t *testing.T) {
	for _, c := range fenceCases {
		if got := ourFences(c.markdown); !equalTexts(got, c.want) {
			t.Errorf("%q:\n got %q\nwant %q", c.markdown, got, c.want)
		}
		if got := theirFences(strings.TrimPrefix(c.markdown, "\ufeff")); !equalTexts(got, c.want) {
			t.Errorf("%q: goldmark has %q, want %q", c.markdown, got, c.want)
		}
	}
}

// equalTexts compares fences. Goldmark drops carriage returns, and has its own mind about the blanks of blank lines.
func equalTexts(a, b []string) bool {
	return slices.EqualFunc(a, b, func(a, b string) bool { return withoutBlankLines(a) == withoutBlankLines(b) })
}

func withoutBlankLines(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r", ""), "\n")
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			lines[i] = ""
		}
	}
	return strings.Join(lines, "\n")
}

// fenceWords is what the texts are made of that are compared with goldmark's reading. Tabs, carriage returns and raw
// HTML are left to the table: a tab that a container and its content share is never split here.
var fenceWords = [...]string{"```", "````", "~~~", "```json", ">", "> ", "- ", "-", "* ", "1. ", "10) ", "2.", " ", "  ", "    ", "a", "b: ",
	"\n", "\n", "\n\n", "\n ", "\n  ", "\n   ", "\n    ", "\n> ", "\n```\n", "\n  ```\n", "# ", "---", "\n\n   "}

func FuzzFences(f *testing.F) {
	emptyItem := regexp.MustCompile(`(?m)([-*]|[0-9][.)])[ >]*$`)
	f.Add([]byte{24, 3, 24, 15, 25})
	f.Fuzz(func(t *testing.T, data []byte) {
		var b strings.Builder
		for _, c := range data[:min(len(data), 60)] {
			b.WriteString(fenceWords[int(c)%len(fenceWords)])
		}
		markdown := b.String() + "\n" // goldmark ends the last line
		if emptyItem.MatchString(markdown) {
			t.Skip("goldmark loses count of items within empty items")
		}
		if got, want := ourFences(markdown), theirFences(markdown); !equalTexts(got, want) {
			t.Errorf("%q:\n got %q\nwant %q", markdown, got, want)
		}
	})
}
