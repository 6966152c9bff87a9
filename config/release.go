package config

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/nanolint/nanolint/program"
)

// distribution is the name of the package, which may be spelled in several ways.
const distribution = `llm[-_.]nano[-_.]vm`

// releaseFiles say which release of llm-nano-vm a project has, the surest first. The patterns find the version.
var releaseFiles = [...]struct{ glob, pattern string }{
	{"uv.lock", `name = "` + distribution + `"\s+version = "([^"]+)"`},
	{"poetry.lock", `name = "` + distribution + `"\s+version = "([^"]+)"`},
	{"pdm.lock", `name = "` + distribution + `"\s+version = "([^"]+)"`},
	{"Pipfile.lock", `"` + distribution + `": \{[^}]*"version": "==([^"]+)"`},
	{"requirements*.txt", `(?m)^` + distribution + `\s*==\s*([0-9.]+)`},
	{"pyproject.toml", distribution + `["']?\s*(?:=\s*["'])?\s*==\s*([0-9.]+)`},
}

// Release looks for the release of llm-nano-vm that a project uses, in a directory and further up. It returns the
// release and where it was found, or no release and why.
func Release(dir string) (release, from string) {
	for {
		for _, f := range releaseFiles {
			if release, from, found := releaseIn(dir, f.glob, f.pattern); found {
				return release, from
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", "neither a lock file nor pyproject.toml says which"
		}
		dir = up
	}
}

func releaseIn(dir, glob, pattern string) (release, from string, found bool) {
	paths, err := filepath.Glob(filepath.Join(dir, glob))
	if err != nil {
		return "", "", false // the name of the directory is no pattern
	}
	for _, path := range paths {
		text, err := readText(path)
		if err != nil || !strings.Contains(text, "nano") {
			continue
		}
		m := regexp.MustCompile(`(?i)` + pattern).FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if _, err := program.ParseVersion(m[1]); err != nil {
			return "", fmt.Sprintf("%s says %s, which nanolint does not know", display(path), m[1]), true
		}
		return m[1], display(path), true
	}
	return "", "", false
}
