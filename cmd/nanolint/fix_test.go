package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A file that somebody has changed meanwhile is not overwritten, and nothing is left beside it.
func TestReplaceFile(t *testing.T) {
	for _, c := range []struct{ name, read, want, err string }{
		{"as it was read", "old", "new", ""},
		{"changed", "older", "old", "the file has changed since it was read: run nanolint again"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "flow.yaml")
			if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
				t.Fatal(err)
			}
			message := ""
			if err := replaceFile(path, c.read, "new"); err != nil {
				message = err.Error()
			}
			if message != c.err {
				t.Errorf("got error %q, want %q", message, c.err)
			}
			if got, err := readFile(path); err != nil || got != c.want {
				t.Errorf("the file holds %q (%v), want %q", got, err, c.want)
			}
			if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
				t.Errorf("%d files are left (%v)", len(files), err)
			}
		})
	}
	if err := replaceFile(filepath.Join(t.TempDir(), "gone.yaml"), "", ""); err == nil || err.Error() != "no such file or directory" {
		t.Errorf("got %v for a file that is gone", err)
	}
}
