package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// hasClient reports whether there is an editor, or what builds an extension, to drive nanolint with. Those that the set-up of
// make test has found or installed must work; without it, those are used that happen to be there.
func hasClient(name string) bool {
	if found, ok := os.LookupEnv("NANOLINT_CLIENTS"); ok {
		return slices.Contains(strings.Fields(found), name)
	}
	return exec.Command(filepath.Join(root, "editors", "test-setup"), "has", name).Run() == nil
}
