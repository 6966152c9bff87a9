package lsp

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/syntax"
)

// startCommand starts the server as editors do: the command, in a process of its own.
func startCommand(b *testing.B) *client {
	b.Helper()
	name := filepath.Join(b.TempDir(), "nanolint")
	if out, err := exec.Command("go", "build", "-o", name, "../cmd/nanolint").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	near, far := pipe(b)
	cmd := exec.Command(name, "lsp")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = far.(duplex).File, far.(duplex).w, os.Stderr
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	_ = far.Close()
	c := newClient(b, near)
	b.Cleanup(func() {
		_ = c.conn.Close()
		_ = cmd.Wait()
	})
	return c
}

// edited opens a long program, in the middle of which somebody is going to type.
func edited(c *client, lang syntax.Lang, steps int) (uri string, at int) {
	text := longText(steps, lang)
	c.initialize(usual)
	uri = root + "long" + lang.Extension()
	c.open(uri, lang.String(), text)
	c.diagnostics(uri)
	return uri, strings.Index(text, fmt.Sprintf("said_%d ==", steps/2)) + len("said_0")
}

// letter types a letter at a place of a document, and takes it back the next time. The position is counted once: what the editor does is not to
// be measured.
func letter(c *client, uri string, at int) (toggle func(), here m) {
	here = c.position(uri, at)
	behind := m{"line": here["line"], "character": here["character"].(int) + 1}
	return func() {
		c.version[uri]++
		change := m{"range": m{"start": here, "end": here}, "text": "x"}
		if c.version[uri]%2 != 0 {
			change = m{"range": m{"start": here, "end": behind}, "text": ""}
		}
		c.notify("textDocument/didChange", m{
			"textDocument": m{"uri": uri, "version": c.version[uri]}, "contentChanges": []m{change},
		})
	}, here
}

var (
	langs = []syntax.Lang{syntax.JSON, syntax.YAML, syntax.Python}
	sizes = []int{200, 5000}
)

// percentiles reports how long half and nearly all of the requests took.
func percentiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	for _, p := range []int{50, 95} {
		b.ReportMetric(float64(took[len(took)*p/100].Microseconds())/1000, fmt.Sprintf("p%d-ms", p))
	}
}

// BenchmarkEdit types a letter and waits for the diagnostics of the new text, through a pipe: at most 5 ms for 200
// steps and 50 ms for 5,000.
func BenchmarkEdit(b *testing.B) {
	for _, lang := range langs {
		for _, steps := range sizes {
			b.Run(fmt.Sprintf("%s/steps=%d", lang, steps), func(b *testing.B) {
				c := startCommand(b)
				u, at := edited(c, lang, steps)
				toggle, _ := letter(c, u, at)
				var took []time.Duration
				for b.Loop() {
					start := time.Now()
					toggle()
					c.diagnostics(u)
					took = append(took, time.Since(start))
				}
				percentiles(b, took)
			})
		}
	}
}

// BenchmarkRequest types a letter in a condition and asks at once, as editors do: the answer is for a text that
// nobody has read yet.
func BenchmarkRequest(b *testing.B) {
	for _, method := range []string{"completion", "hover", "references", "documentSymbol"} {
		for _, lang := range langs {
			for _, steps := range sizes {
				b.Run(fmt.Sprintf("%s/%s/steps=%d", method, lang, steps), func(b *testing.B) {
					c := startCommand(b)
					u, at := edited(c, lang, steps)
					toggle, here := letter(c, u, at)
					var took []time.Duration
					for b.Loop() {
						toggle()
						start := time.Now()
						if _, err := c.call("textDocument/"+method, m{"textDocument": m{"uri": u}, "position": here, "context": m{}}); err != nil {
							b.Fatal(err)
						}
						took = append(took, time.Since(start))
						c.diagnostics(u)
					}
					percentiles(b, took)
				})
			}
		}
	}
}

// BenchmarkForeign types a letter in a file that holds no program, as most do, and asks what could be written there: a Python file of
// 300 kB that a look tells from others, one that must be read to see it, and as much prose.
func BenchmarkForeign(b *testing.B) {
	code := strings.Repeat("def walk(tree, *args, key=None):\n    for x in tree.children:\n        yield from {'a': [x, f\"{key}: {x!r}\"]}\n\n\n", 2500)
	for _, file := range []struct{ name, text string }{
		{"looked-at.py", code},
		{"read.py", "import nano_vm\n" + code},
		{"prose.md", strings.Repeat("Go some steps: 1. ask, 2. pay.\n\n```go\nsteps()\n```\n\n", 5000)},
	} {
		b.Run(file.name, func(b *testing.B) {
			c := startCommand(b)
			c.initialize(usual)
			u := root + file.name
			c.open(u, "", file.text)
			c.diagnostics(u)
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				c.change(u, source.Span{Start: 20, End: 20 + i%2}, strings.Repeat("x", 1-i%2))
				if answer, err := c.at("textDocument/completion", u, 21, nil); err != nil || strings.Contains(string(answer), "label") {
					b.Fatal(string(answer), err)
				}
				c.diagnostics(u)
				took = append(took, time.Since(start))
			}
			percentiles(b, took)
		})
	}
}

// TestMemoryIsFlat edits a document ten thousand times. What was is forgotten.
func TestMemoryIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	c := start(t, nil, nil)
	u, at := edited(c, syntax.YAML, 40)
	heap := func() uint64 {
		c.diagnostics(u)
		var s runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	var before uint64
	const warm, edits, allowed = 500, 10_000, 4 << 20
	for i := range warm + edits {
		if i == warm {
			before = heap()
		}
		c.change(u, source.Span{Start: at, End: at + i%2}, strings.Repeat("x", 1-i%2))
		if i%100 == 0 {
			if _, err := c.at("textDocument/completion", u, at, nil); err != nil {
				t.Fatal(err)
			}
		}
	}
	if after := heap(); after > before+allowed {
		t.Errorf("%d bytes in use after %d edits, %d before", after, edits, before)
	}
}
