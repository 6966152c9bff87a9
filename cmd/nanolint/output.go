package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/mattn/go-isatty"
)

// statusInterrupted is the exit status that shells give to what was interrupted.
const statusInterrupted = 130

// interruptible is a context that ends when the user interrupts.
func interruptible(ctx context.Context) (context.Context, context.CancelFunc) {
	return signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
}

// output is where findings go: standard output, or a file that is there whole or not at all.
type output struct {
	io.Writer
	file  *os.File // a temporary file beside the target, until commit; or what target is if it is no file
	final string   // the target; empty if there is nothing to rename
}

// openOutput opens the target of --output, and standard output if it is empty.
func (a *app) openOutput(target string) (*output, error) { return a.openTarget("--output ", target) }

// openTarget opens what a flag names, and standard output if it names nothing. The flag is for messages.
func (a *app) openTarget(flag, target string) (*output, error) {
	if target == "" {
		return &output{Writer: a.stdout}, nil
	}
	mode := fs.FileMode(0o644)
	switch info, err := os.Stat(target); {
	case err == nil && info.IsDir():
		return nil, fmt.Errorf("%s%s: it is a directory: name a file in it", flag, target)
	case err == nil && !info.Mode().IsRegular():
		f, err := os.OpenFile(target, os.O_WRONLY, 0)
		if err != nil {
			return nil, fmt.Errorf("%s%s: %w", flag, target, reason(err))
		}
		return &output{Writer: f, file: f}, nil
	case err == nil:
		mode = info.Mode().Perm()
		target = truePath(target) // a link stays one
	}
	o, err := createBeside(target, mode)
	if err != nil {
		return nil, fmt.Errorf("%s%s: %w", flag, target, reason(err))
	}
	return o, nil
}

// createBeside makes the file that will be target.
func createBeside(target string, mode fs.FileMode) (*output, error) {
	f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+".*")
	if err != nil {
		return nil, err
	}
	// A file system without modes is no reason not to write.
	_ = f.Chmod(mode)
	return &output{Writer: f, file: f, final: target}, nil
}

// commit puts the file in its place.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	f := o.file
	o.file = nil
	if o.final == "" {
		return f.Close()
	}
	// After a loss of power there must not be a name without the text.
	err := errors.Join(f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), o.final)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// discard removes what was not committed.
func (o *output) discard() {
	if o.file == nil {
		return
	}
	_ = o.file.Close()
	if o.final != "" {
		_ = os.Remove(o.file.Name()) // nothing more can be done about it
	}
}

// isTerminal reports whether somebody sits at the other end.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}

// isClosedPipe reports whether nobody reads any more, as in nanolint check | head.
func isClosedPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }
