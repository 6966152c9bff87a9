package report_test

import (
	"strings"
	"testing"

	"github.com/nanolint/nanolint/report"
)

func TestDiff(t *testing.T) {
	for _, c := range []struct{ name, before, after, want string }{
		{"f", "a\n", "a\n", ""},
		{"f", "a\nb\n", "a\nc\n", "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"},
		{"f", "a\nb", "a\nc", "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"},
		{"f", "b", "b\n", "--- a/f\n+++ b/f\n@@ -1,1 +1,1 @@\n-b\n\\ No newline at end of file\n+b\n"},
		{"f", "a\r\nb\r\n", "a\r\nc\r\n", "--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n"},
		{"f", "", "a\n", "--- a/f\n+++ b/f\n@@ -0,0 +1,1 @@\n+a\n"},
		{"/tmp/f", "", "a\n", "--- a/tmp/f\n+++ b/tmp/f\n@@ -0,0 +1,1 @@\n+a\n"},
		{"a b", "", "a\n", "--- a/a b\t\n+++ b/a b\t\n@@ -0,0 +1,1 @@\n+a\n"},
		{"é", "", "a\n", "--- a/é\n+++ b/é\n@@ -0,0 +1,1 @@\n+a\n"},
		{"\"\n\x1bé", "", "a\n", "--- \"a/\\\"\\012\\033\\303\\251\"\n+++ \"b/\\\"\\012\\033\\303\\251\"\n@@ -0,0 +1,1 @@\n+a\n"},
	} {
		var b strings.Builder
		if err := report.Diff(&b, c.name, c.before, c.after); err != nil {
			t.Fatal(err)
		}
		if b.String() != c.want {
			t.Errorf("%q to %q:\n got %q\nwant %q", c.before, c.after, b.String(), c.want)
		}
	}
}
