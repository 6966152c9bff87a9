package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// ask runs the command with a prompt and returns what it answers. Both are written to the directory.
func (r *repairer) ask(ctx context.Context, n int, prompt string) (string, error) {
	if err := r.write(fmt.Sprintf("attempt-%d.prompt.txt", n), prompt); err != nil {
		return "", err
	}
	limited, stop := ctx, context.CancelFunc(func() {})
	if r.flags.timeout > 0 {
		limited, stop = context.WithTimeoutCause(ctx, r.flags.timeout, fmt.Errorf("took longer than %s", r.flags.timeout))
	}
	defer stop()
	c := throughShell(limited, r.flags.command)
	c.Stdin, c.Stderr = strings.NewReader(prompt), r.app.stderr
	answer, failed := printed(limited, c, "the command")
	if err := r.write(fmt.Sprintf("attempt-%d.answer.txt", n), answer); err != nil {
		return "", err
	}
	return answer, failed
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
