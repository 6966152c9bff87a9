package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// commandError is that the command of the user has failed, which may be better the next time.
type commandError struct{ cause error }

func (e commandError) Error() string { return e.cause.Error() }

// ask runs the command with a prompt and returns what it answers. Both are written to the directory.
func (r *repairer) ask(ctx context.Context, n int, prompt string) (string, error) {
	if err := r.write(fmt.Sprintf("attempt-%d.prompt.txt", n), prompt); err != nil {
		return "", err
	}
	limited, stop := ctx, context.CancelFunc(func() {})
	if r.flags.timeout > 0 {
		limited, stop = context.WithTimeout(ctx, r.flags.timeout)
	}
	defer stop()
	c := throughShell(limited, r.flags.command)
	var answer limitedBuffer
	c.Stdin, c.Stdout, c.Stderr = strings.NewReader(prompt), &answer, r.app.stderr
	err := c.Run()
	if werr := r.write(fmt.Sprintf("attempt-%d.answer.txt", n), answer.String()); werr != nil {
		return "", werr
	}
	switch {
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		return "", commandError{fmt.Errorf("it took longer than %s", r.flags.timeout)}
	case answer.full:
		return "", commandError{errTooLarge}
	case err != nil:
		return "", commandError{err}
	}
	return answer.String(), nil
}

func (r *repairer) path(name string) string { return filepath.Join(r.flags.dir, name) }

// write writes a file of the directory, whole or not at all.
func (r *repairer) write(name, text string) error {
	path := r.path(name)
	out, err := createBeside(path, 0o666)
	if err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	defer out.discard()
	if _, err := out.Write([]byte(text)); err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	if err := out.commit(); err != nil {
		return fmt.Errorf("%s: %w", path, reason(err))
	}
	return nil
}

// removeOld removes what an earlier run has left: its attempts are not those of this one.
func (r *repairer) removeOld() error {
	files, err := os.ReadDir(r.flags.dir)
	if err != nil {
		return fmt.Errorf("--dir %s: %w", r.flags.dir, reason(err))
	}
	ours := regexp.MustCompile(`^(best|attempt-[0-9]+(\.(prompt|answer|findings))?)\.(json|yaml|txt)$`)
	for _, f := range files {
		if !ours.MatchString(f.Name()) {
			continue
		}
		if err := os.Remove(r.path(f.Name())); err != nil {
			return fmt.Errorf("%s: %w", r.path(f.Name()), reason(err))
		}
	}
	return nil
}
