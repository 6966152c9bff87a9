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

// Commands that the user names on the command line, or git. No file says what is run: a configuration comes with a clone.

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

// commandError is that a command has failed, which may be better the next time.
type commandError struct{ cause error }

func (e commandError) Error() string { return e.cause.Error() }

// printed is what a command prints on standard output. The error is a commandError, which calls the command what, or
// that the user has interrupted.
func printed(ctx context.Context, c *exec.Cmd, what string) (string, error) {
	var out limitedBuffer
	c.Stdout = &out
	err := c.Run()
	switch {
	case out.full:
		err = commandError{fmt.Errorf("%s printed more than %d MiB", what, maxSize>>20)}
	case err != nil:
		err = failureOf(ctx, err, what)
	}
	return out.String(), err
}

// failureOf is the error of a command that was run and called what. How long is too long is the cause of a deadline.
func failureOf(ctx context.Context, err error, what string) error {
	var exit *exec.ExitError
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return ctx.Err()
	case ctx.Err() != nil:
		return commandError{fmt.Errorf("%s %w", what, context.Cause(ctx))}
	case errors.As(err, &exit):
		return commandError{fmt.Errorf("%s ended with %w", what, exit)}
	case errors.Is(err, exec.ErrNotFound):
		return commandError{fmt.Errorf("%s is not installed, or not in PATH", what)}
	}
	return commandError{fmt.Errorf("%s cannot be run: %w", what, reason(err))}
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
	var trouble bytes.Buffer
	c := throughShell(ctx, line)
	c.Stderr = &trouble
	text, err := printed(ctx, c, fmt.Sprintf("%s %q", flag, line))
	if err != nil {
		a.quote(trouble.String())
		return nil, err
	}
	m, problems := config.ParseManifest(source.NewFile(flag, text))
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
