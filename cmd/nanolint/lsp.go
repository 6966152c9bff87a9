package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/spf13/cobra"

	"github.com/nanolint/nanolint/config"
	"github.com/nanolint/nanolint/lsp"
	"github.com/nanolint/nanolint/program"
	"github.com/nanolint/nanolint/validator"
	"github.com/nanolint/nanolint/validator/rules"
)

func (a *app) lspCommand() *cobra.Command {
	var stdio bool
	var listen string
	c := &cobra.Command{
		Use:   "lsp",
		Short: "Serve editors over the Language Server Protocol",
		Long: `Serve one editor over the Language Server Protocol 3.17, on standard input and output.

Editors start it themselves. --listen waits for one connection to a local port instead, for debugging.`,
		Args: takesNone,
		RunE: func(c *cobra.Command, _ []string) error {
			stream := io.ReadWriteCloser(newStandardStream(a.stdin, a.stdout))
			if listen != "" {
				conn, err := a.accept(listen)
				if err != nil {
					return err
				}
				stream = conn
			}
			return a.serve(c.Context(), stream)
		},
	}
	c.Flags().BoolVar(&stdio, "stdio", true, "talk on standard input and output")
	c.Flags().StringVar(&listen, "listen", "", "wait for one connection to `HOST:PORT` instead; port 0 is any free one")
	c.MarkFlagsMutuallyExclusive("stdio", "listen")
	return c
}

// serve talks to an editor until it leaves.
func (a *app) serve(ctx context.Context, stream io.ReadWriteCloser) error {
	opened := func(int) {}
	if isGarbageOurs() {
		debug.SetGCPercent(serverGCPercent)
		fetch := growInHugePages(serverRoom)
		opened = func(bytes int) {
			if bytes > longDocument {
				go fetch(bytes * roomPerByte)
			}
		}
	}
	e := &editorSettings{app: a}
	err := lsp.Serve(ctx, stream, lsp.Options{
		Version: moduleVersion(), Configure: e.options, Configuration: e.configuration, ConfigFiles: config.FileNames(),
		Generation: e.generation, Files: e.files, Log: a.stderr,
		Opened: opened,
	})
	if errors.Is(err, lsp.ErrNoShutdown) {
		a.status = max(a.status, statusFound) // the protocol asks for status 1
		return nil
	}
	if err != nil {
		return fmt.Errorf("the connection broke: %w", reason(err))
	}
	return nil
}

// editorSettings is what holds for files while an editor changes them and their configurations.
type editorSettings struct {
	app *app

	mu   sync.Mutex
	now  *settings
	told map[*config.Config]bool
	n    int // how many settings there have been
}

// current is the settings with what the configurations say now. The caller holds the lock.
func (e *editorSettings) current() *settings {
	if e.now == nil || !e.now.finder.IsCurrent() {
		e.now, e.told = &settings{finder: config.Finder{Rules: e.app.rules}}, make(map[*config.Config]bool)
		e.n++
	}
	return e.now
}

// generation is another number for other configurations.
func (e *editorSettings) generation() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.current()
	return e.n
}

// options is what holds for a file, which is held to no rule if it is excluded. A configuration with a mistake is told of, and the file is checked as if there were
// none: an editor is no gate.
func (e *editorSettings) options(path string) validator.Options {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.current()
	found, err := now.of(path)
	if err != nil {
		if bad, ok := errors.AsType[badConfig](err); ok && !e.told[bad.Config] {
			e.told[bad.Config] = true
			for _, p := range bad.Problems {
				e.app.say(p.Error())
			}
		}
		none := settings{finder: config.Finder{Rules: e.app.rules, Off: true}}
		if found, err = none.of(path); err != nil {
			return validator.Options{Target: program.Newest} // without flags and configuration nothing can be wrong
		}
	}
	o := found.options
	if now.excludes(truePath(path), false) {
		o.Rules = []*rules.Rule{}
	}
	return o
}

// configuration is what a text would say as the configuration at a path.
func (e *editorSettings) configuration(path, text string) *config.Config {
	f := config.Finder{Rules: e.app.rules}
	return f.Check(path, text)
}

// files calls yield for the files below a directory that may hold programs, as check finds them, and for configurations.
func (e *editorSettings) files(dir string, yield func(string) bool) {
	e.mu.Lock()
	now := e.current()
	e.mu.Unlock()
	f := &finder{args: []string{dir}, excludes: now.excludes, wants: func(name string) bool {
		return extensions[ext(name)] || slices.Contains(config.FileNames(), name)
	}}
	f.all(func(in input) bool { return in.err != nil || yield(in.path) })
}

// accept waits for one connection, and says on standard error where.
func (a *app) accept(address string) (net.Conn, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s: %w", address, reason(err))
	}
	defer l.Close()
	fmt.Fprintf(a.stderr, "nanolint: listening on %s\n", l.Addr())
	return l.Accept()
}

// standardStream is standard input and output.
type standardStream struct {
	*io.PipeReader
	io.Writer
}

// newStandardStream reads standard input on behalf of a stream that can be closed meanwhile: editors tell a server to leave and
// keep its input open, and a read that waits for them cannot be interrupted.
func newStandardStream(in io.Reader, out io.Writer) standardStream {
	r, w := io.Pipe()
	go func() {
		_, err := io.Copy(w, in)
		w.CloseWithError(err)
	}()
	return standardStream{r, out}
}
