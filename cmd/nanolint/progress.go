package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

const (
	progressAfter = time.Second // what is over sooner needs no progress
	progressEvery = 100 * time.Millisecond
)

// progress is a line on a terminal that tells how far a run has come. It is taken away before anything else is
// written there, and at the end. A nil one shows nothing.
type progress struct {
	terminal io.Writer
	since    time.Time
	done     chan struct{}

	mu      sync.Mutex
	files   int
	shown   int  // the length of the line that is there; 0 for none
	inLine  bool // what was written last is not at the end of its line
	stopped bool
}

// showProgress has a long run tell on standard error how far it has come, if that is a terminal. What goes to outputs
// that are terminals, too, is kept apart from it.
func (a *app) showProgress(outputs []*output, quiet bool) (stop func()) {
	if quiet || !isTerminal(a.stderr) {
		return func() {}
	}
	p := &progress{terminal: a.stderr, since: time.Now(), done: make(chan struct{})}
	for _, o := range outputs {
		if isTerminal(o.Writer) {
			o.Writer = beside{p, o.Writer}
		}
	}
	if isTerminal(a.stdout) {
		a.stdout = beside{p, a.stdout}
	}
	a.stderr, a.progress = beside{p, a.stderr}, p
	go p.run()
	return p.stop
}

func (p *progress) run() {
	next := time.NewTimer(progressAfter)
	for {
		select {
		case <-next.C:
			p.draw()
			next.Reset(progressEvery)
		case <-p.done:
			return
		}
	}
}

// stop takes the line away for good.
func (p *progress) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.erase()
	p.stopped = true // a draw may be waiting for the lock
	close(p.done)
}

// add counts a file.
func (p *progress) add() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files++
}

func (p *progress) draw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.inLine || p.stopped {
		return
	}
	files := "files"
	if p.files == 1 {
		files = "file"
	}
	line := fmt.Sprintf("nanolint: %d %s checked in %d s", p.files, files, int(time.Since(p.since).Seconds()))
	_, _ = fmt.Fprintf(p.terminal, "\r%-*s", p.shown, line) // who does not see it misses nothing
	p.shown = len(line)
}

// erase takes the line away. The caller holds the lock.
func (p *progress) erase() {
	if p.shown > 0 {
		_, _ = fmt.Fprintf(p.terminal, "\r%s\r", strings.Repeat(" ", p.shown))
		p.shown = 0
	}
}

// beside writes to the terminal that a progress is on.
type beside struct {
	*progress
	io.Writer
}

func (b beside) Write(text []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.erase()
	if len(text) > 0 {
		b.inLine = text[len(text)-1] != '\n'
	}
	return b.Writer.Write(text)
}
