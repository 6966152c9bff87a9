package report_test

import (
	"strings"
	"testing"

	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
)

// printed is what Diagnostic prints of a place.
func printed(t testing.TB, text string, at source.Span) string {
	t.Helper()
	var b strings.Builder
	d := source.Diagnostic{Note: source.Note{Span: at, Message: "m"}, Rule: "NL101", Severity: source.Error}
	if err := report.Diagnostic(&b, source.NewFile("f", text), d, report.Style{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestUnderline marks the place of «…» in each text. In want, · is a blank.
func TestUnderline(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"ascii", "ab «cd» ef", "1 | ab cd ef\n  | ···^^"},
		{"first and last line", "a\n«b»", "2 | b\n  | ^"},
		{"crlf", "a\r\n«b»\r\nc", "2 | b\n  | ^"},
		{"lone cr", "a\r«b»\rc", "2 | b\n  | ^"},
		{"empty place", "ab«»c", "1 | abc\n  | ··^"},
		{"behind the end of a line", "ab«»\nc", "1 | ab\n  | ··^"},
		{"behind the last line", "ab\n«»", "2 | \n  | ^"},
		{"empty file", "«»", "1 | \n  | ^"},
		{"the break of a line", "ab«\n»c", "1 | ab\n  | ··^"},
		{"two lines", "a «bc\nde» f", "1 | a bc\n  | ··^^"},
		{"wide", "日本 «語» x", "1 | 日本 語 x\n  | ·····^^"},
		{"combining", "e\u0301e\u0301 «e\u0301e\u0301» x", "1 | e\u0301e\u0301 e\u0301e\u0301 x\n  | ···^^"},
		{"inside a cluster", "e«\u0301» x", "1 | e\u0301 x\n  | ^"},
		{"emoji", "👩‍🔬 «🇪🇺»!", "1 | 👩‍🔬 🇪🇺!\n  | ···^^"},
		{"tab before", "\ta «b»", "1 | \ta b\n  | \t··^"},
		{"tabs inside", "«a\tb»c", "1 | a\tbc\n  | ^^^^^"},
		{"tab inside behind a tab", "\t«\t»c", "1 | \t\tc\n  | \t^^^^^^^^"},
		{"byte order mark", "\ufeff«a»b", "1 | ab\n  | ^"},
		{"control character", "a\x1b[«b»\x00\x7f", "1 | a␛[b␀␡\n  | ···^"},
		{"c1 control", "\u009b«b»", "1 | <U+009B>b\n  | ········^"},
		{"right to left override", "a«\u202e»b", "1 | a<U+202E>b\n  | ·^^^^^^^^"},
		{"byte that is no text", "a«\xff»b\xc3", "1 | a<FF>b<C3>\n  | ·^^^^"},
		{"combining on nothing", "\u0301«b»", "1 | <U+0301>b\n  | ········^"},
		{"joiner on nothing", "\u200d«b»", "1 | <U+200D>b\n  | ········^"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := strings.Index(c.text, "«")
			end := strings.Index(c.text, "»") - len("«")
			text := strings.NewReplacer("«", "", "»", "").Replace(c.text)
			_, got, _ := strings.Cut(printed(t, text, source.Span{Start: start, End: end}), "\n")
			want := strings.ReplaceAll(c.want, "·", " ") + "\n"
			if got != want {
				t.Errorf("got:\n%swant:\n%s", got, want)
			}
		})
	}
}

// TestLongLines: a line is cut around the place, and the place stays under its marks.
func TestLongLines(t *testing.T) {
	for _, c := range []struct {
		name        string
		before, at  string
		behind      string
		left, right bool
	}{
		{"at the start", "", "place", strings.Repeat("x", 5000), false, true},
		{"near the start", "abc", "place", strings.Repeat("x", 5000), false, true},
		{"in the middle", strings.Repeat("x", 5000), "place", strings.Repeat("x", 5000), true, true},
		{"at the end", strings.Repeat("x", 5000), "place", "", true, false},
		{"wide", strings.Repeat("語", 5000), "place", strings.Repeat("語", 5000), true, true},
		{"marks", strings.Repeat("e\u0301", 5000), "place", strings.Repeat("e\u0301", 5000), true, true},
		{"bad bytes", strings.Repeat("\xff", 5000), "place", strings.Repeat("\xff", 5000), true, true},
		{"fits", strings.Repeat("x", 100), "place", "", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := source.Span{Start: len(c.before), End: len(c.before) + len(c.at)}
			lines := strings.Split(printed(t, c.before+c.at+c.behind, at), "\n")
			line, under := []rune(strings.TrimPrefix(lines[1], "1 | ")), strings.TrimPrefix(lines[2], "  | ")
			if left := strings.HasPrefix(string(line), "…"); left != c.left {
				t.Errorf("cut at the left: %t, want %t", left, c.left)
			}
			if right := strings.HasSuffix(string(line), "…"); right != c.right {
				t.Errorf("cut at the right: %t, want %t", right, c.right)
			}
			if len(under) > 112 {
				t.Errorf("%d columns wide", len(under))
			}
			if marks := strings.TrimLeft(under, " "); marks != strings.Repeat("^", len(c.at)) {
				t.Errorf("marks %q", marks)
			}
			if want := strings.Index(string(line), c.at); want < 0 {
				t.Errorf("the place is not shown: %q", string(line))
			}
		})
	}
}

// TestPlaceLongerThanTheLine keeps some of what stands before the place.
func TestPlaceLongerThanTheLine(t *testing.T) {
	text := strings.Repeat("a", 300) + strings.Repeat("b", 3000) + strings.Repeat("c", 300)
	lines := strings.Split(printed(t, text, source.Span{Start: 300, End: 3300}), "\n")
	want := "1 | …" + strings.Repeat("a", 10) + strings.Repeat("b", 100) + "…"
	if lines[1] != want {
		t.Errorf("got  %q\nwant %q", lines[1], want)
	}
	if want := "  |  " + strings.Repeat(" ", 10) + strings.Repeat("^", 100); lines[2] != want {
		t.Errorf("got  %q\nwant %q", lines[2], want)
	}
}

// TestManyNotes shortens a path in the middle.
func TestManyNotes(t *testing.T) {
	d := source.Diagnostic{Note: source.Note{Message: "m"}, Rule: "NL101", Severity: source.Warning}
	f := source.NewFile("f", strings.Repeat("x\n", 100))
	for i := range 12 {
		d.Related = append(d.Related, source.Note{Span: source.Span{Start: 2 * i, End: 2*i + 1}, Message: "here"})
	}
	notes := func() []string {
		var b strings.Builder
		if err := report.Diagnostic(&b, f, d, report.Style{}); err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSpace(b.String()), "\n")[3:]
	}
	if got := notes(); len(got) != 12 {
		t.Errorf("%d lines for 12 notes", len(got))
	}
	for i := 12; i < 100; i++ {
		d.Related = append(d.Related, source.Note{Span: source.Span{Start: 2 * i, End: 2*i + 1}, Message: "here"})
	}
	got := notes()
	want := []string{
		"  note: f:1:1: here", "  note: f:2:1: here", "  note: f:3:1: here",
		"  note: f:4:1: here", "  note: f:5:1: here", "  note: f:6:1: here",
		"  note: … 88 more places …",
		"  note: f:95:1: here", "  note: f:96:1: here", "  note: f:97:1: here",
		"  note: f:98:1: here", "  note: f:99:1: here", "  note: f:100:1: here",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s", strings.Join(got, "\n"))
	}
}

// TestPlainAndColored: colour adds escape sequences and changes nothing else.
func TestPlainAndColored(t *testing.T) {
	d := source.Diagnostic{
		Note: source.Note{Span: source.Span{Start: 1, End: 2}, Message: "m"}, Rule: "NL101", Severity: source.Warning,
		Related: []source.Note{{Message: "n"}}, Fixes: []source.Fix{{Title: "t"}},
	}
	var plain, colored strings.Builder
	f := source.NewFile("f", "abc")
	if err := report.Diagnostic(&plain, f, d, report.Style{}); err != nil {
		t.Fatal(err)
	}
	if err := report.Diagnostic(&colored, f, d, report.Style{Palette: report.Colored()}); err != nil {
		t.Fatal(err)
	}
	const want = "\x1b[33;1mwarning[NL101]:\x1b[0;22m"
	if !strings.Contains(colored.String(), want) {
		t.Errorf("no %q in %q", want, colored.String())
	}
	var without strings.Builder
	for i, part := range strings.Split(colored.String(), "\x1b[") {
		if i > 0 {
			_, part, _ = strings.Cut(part, "m")
		}
		without.WriteString(part)
	}
	if without.String() != plain.String() {
		t.Errorf("without escapes %q, plain %q", without.String(), plain.String())
	}
}

// TestLongMessage: a message of a megabyte is cut.
func TestLongMessage(t *testing.T) {
	got := report.Visible(strings.Repeat("語", 1<<20))
	if want := strings.Repeat("語", 333) + "…"; got != want {
		t.Errorf("%d bytes: %.20q…%q", len(got), got, got[len(got)-10:])
	}
}
