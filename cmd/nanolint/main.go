// Command nanolint finds what is wrong with llm-nano-vm workflow programs before they run.
//
// Findings go to standard output, everything else to standard error. docs/cli.md describes commands,
// flags and exit status.
package main

import (
	"os"
	"runtime"
	"runtime/debug"

	"github.com/nanolint/nanolint/validator/rules"
)

// The process is short-lived, and the tree of a large file is in use until its end, so garbage is
// collected half as often as usual: that saves a third of the processor time for 9 MB and 20,000
// findings. Collecting even less often gains little, because new pages cost time too.
//
// The ballast is never touched and so takes no memory, but counts as heap in use. Without it, a search
// through many small files collects its few megabytes again and again. One small file ends before anything
// is collected, and needs none.
//
// A language server grows while somebody types and waits, and collects sooner. The first edits of a long program, into memory that is
// new, were the slowest, so it is fetched while the program is read for the first time. 128 bytes of it for each of the text are what it comes to.
const (
	gcPercent       = 200
	serverGCPercent = 150
	ballast         = 16 << 20
	serverRoom      = 256 << 20
	longDocument    = 200_000
	roomPerByte     = 128
)

func main() {
	if isGarbageOurs() {
		debug.SetGCPercent(gcPercent)
		afterFirstCollection(func() { floor = make([]byte, ballast) })
	}
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, rules: rules.All()}
	os.Exit(a.run(os.Args[1:]))
}

// isGarbageOurs reports whether the user leaves it to nanolint how often garbage is collected.
func isGarbageOurs() bool { return os.Getenv("GOGC") == "" }

// floor holds the ballast.
var floor []byte

// afterFirstCollection calls f once, when garbage has been collected.
func afterFirstCollection(f func()) {
	runtime.AddCleanup(new(*byte), func(struct{}) { f() }, struct{}{})
}
