package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/report"
	"github.com/nanolint/nanolint/source"
)

// Commands that the user names on the command line. No file says what is run: a configuration comes with a clone.

// leaveGrace is how long what a stopped command has started may hold its output open.
const leaveGrace = 2 * time.Second

// throughShell is a command line for the system's shell.
func throughShell(ctx context.Context, line string) *exec.Cmd {
	shell, flag := "sh", "-c"
	if runtime.GOOS == "windows" {
		shell, flag = "cmd", "/C"
	}
	c := exec.CommandContext(ctx, shell, flag, line)
	c.WaitDelay = leaveGrace
	return c
}

// limitedBuffer takes no more than a file may be large.
type limitedBuffer struct {
	bytes.Buffer
	full bool
}

func (b *limitedBuffer) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxSize {
		b.full = true
		return 0, errTooLarge
	}
	return b.Buffer.Write(p)
}

// toolsFrom is the manifest that a command prints.
func (a *app) toolsFrom(ctx context.Context, line string) (*config.Manifest, error) {
	const flag = "--tools-command"
	var out limitedBuffer
	var trouble bytes.Buffer
	c := throughShell(ctx, line)
	c.Stdout, c.Stderr = &out, &trouble
	err := c.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.full:
		return nil, fmt.Errorf("%s: what it prints is larger than %d MiB", flag, maxSize>>20)
	case errors.As(err, &exit):
		a.quote(trouble.String())
		return nil, fmt.Errorf("%s %q ended with %s", flag, line, exit)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", flag, reason(err))
	}
	m, problems := config.ParseManifest(source.NewFile(flag, out.String()))
	if len(problems) == 0 {
		return m, nil
	}
	a.quote(trouble.String())
	last := len(problems) - 1
	for _, p := range problems[:last] {
		a.complain(statusUnusable, "", p)
	}
	return nil, problems[last]
}

// quote shows the end of what a command says on standard error, which says most.
func (a *app) quote(trouble string) {
	lines := strings.Split(strings.TrimSpace(trouble), "\n")
	const shown = 6
	for _, line := range lines[max(0, len(lines)-shown):] {
		if line != "" {
			fmt.Fprintf(a.stderr, "nanolint: | %s\n", report.Visible(line))
		}
	}
}
