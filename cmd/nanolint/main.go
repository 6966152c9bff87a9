// Command nanolint finds what is wrong with llm-nano-vm workflow programs before they run.
//
// Findings go to standard output, everything else to standard error. docs/cli.md describes commands,
// flags and exit status.
package main

import (
	"os"
	"runtime/debug"

	"github.com/nanolint/nanolint/validator/rules"
)

// gcPercent trades memory for processor time: the process is short-lived, and the tree of a large file
// is in use until its end. On a file of 9 MB with 20,000 findings, 200 instead of 100 saves a third of
// the processor time; more than 200 costs memory and gains little, because new pages cost time too.
const gcPercent = 200

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, rules: rules.All()}
	os.Exit(a.run(os.Args[1:]))
}
