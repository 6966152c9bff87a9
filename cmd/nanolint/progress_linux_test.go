package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// openTerminal is a terminal, and the end at which somebody sits.
func openTerminal(t *testing.T) (user, terminal *os.File) {
	t.Helper()
	user, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { user.Close() })
	n, err := unix.IoctlGetUint32(int(user.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(user.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	}
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { terminal.Close() })
	return user, terminal
}

// nanolintIn is the command in a directory.
func nanolintIn(t *testing.T, dir string, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), binary(t), args...)
	c.Dir = dir
	return c
}

// A long run tells on a terminal how far it has come, takes that away before it says anything, and leaves nothing behind.
func TestProgress(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.yaml"), "steps: [{id: a, type: tool, tool: t, next_step: ghost}]\n")
	for _, x := range []struct {
		name     string
		args     []string
		together bool // standard output is the terminal, too
	}{
		{"beside", []string{"check", "--format", "concise", "--select", "NL101", "--color", "never", "a.yaml", "-"}, false},
		{"together", []string{"check", "--format", "concise", "--select", "NL101", "--color", "never", "a.yaml", "-"}, true},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			user, terminal := openTerminal(t)
			var stdout bytes.Buffer
			c := nanolintIn(t, dir, x.args...)
			c.Stdout, c.Stderr = &stdout, terminal
			if x.together {
				c.Stdout = terminal
			}
			stdin, err := c.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			terminal.Close()
			var seen strings.Builder
			read := func(until string) {
				for buf := make([]byte, 4096); until == "" || !strings.Contains(seen.String(), until); {
					n, err := user.Read(buf)
					seen.Write(buf[:n])
					if errors.Is(err, io.EOF) || errors.Is(err, syscall.EIO) { // so Linux says that nobody has the terminal any more
						break
					}
					if err != nil {
						t.Fatal(err)
					}
				}
			}
			read("nanolint: 1 file checked in ") // standard input keeps the run waiting
			if _, err := io.WriteString(stdin, "steps: [{id: a, type: tool, tool: t, next_step: ghost}]\n"); err != nil {
				t.Fatal(err)
			}
			stdin.Close()
			read("")
			_ = c.Wait() // status 1
			lines := visible(seen.String())
			found := []string{
				`a.yaml:1:49: error[NL101] next_step of step "a" names "ghost", which does not exist`,
				`<stdin>:1:49: error[NL101] next_step of step "a" names "ghost", which does not exist`,
			}
			want := ""
			if x.together {
				want = strings.Join(found, "\n") + "\n"
			} else if got := stdout.String(); got != strings.Join(found, "\n")+"\n" {
				t.Errorf("standard output is\n%s", got)
			}
			if lines != want {
				t.Errorf("the terminal shows\n%s\nwant\n%s\nof %q", lines, want, seen.String())
			}
		})
	}
}

// visible is what a terminal shows in the end: what is written over in a line is gone.
func visible(written string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(written, "\r\n", "\n")) {
		var shown []byte
		for part := range strings.SplitSeq(strings.TrimSuffix(line, "\n"), "\r") {
			shown = append([]byte(part), shown[min(len(part), len(shown)):]...)
		}
		b.WriteString(strings.TrimRight(string(shown), " "))
		if strings.HasSuffix(line, "\n") {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// Where standard error is no terminal, or nobody wants to hear of it, nothing is shown.
func TestNoProgress(t *testing.T) {
	_, terminal := openTerminal(t)
	for _, x := range []struct {
		name   string
		stderr io.Writer
		quiet  bool
	}{
		{"a file", new(bytes.Buffer), false},
		{"quiet", terminal, true},
	} {
		a, _, _ := newApp()
		a.stderr = x.stderr
		stop := a.showProgress(nil, x.quiet)
		if a.progress != nil || a.stderr != x.stderr {
			t.Errorf("%s: there is a progress", x.name)
		}
		stop()
	}
}
