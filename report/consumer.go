package report

import (
	"bytes"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"github.com/nanolint/nanolint/validator/rules"
)

// What the formats for other tools share: names of files as they expect them, and rules in words.

const homepage = "https://github.com/nanolint/nanolint"

// slashed is the path of a file as tools compare it with those of a repository: with slashes, and without
// ./ in front.
func slashed(name string) string { return path.Clean(filepath.ToSlash(name)) }

// uri is the path of a file as a URI reference: relative, or with the scheme file.
func uri(name string) string {
	name = slashed(name)
	u := url.URL{Path: strings.ToValidUTF8(name, "\ufffd")}
	switch {
	case filepath.VolumeName(name) != "": // C:/flows
		u.Scheme, u.Path = "file", "/"+u.Path
	case path.IsAbs(name):
		u.Scheme = "file"
	}
	return u.String()
}

// description is the documentation of a rule.
func description(r *rules.Rule) string { return strings.TrimSpace(r.Doc) }

// help is the documentation of a rule with a program that it reports and the same put right, in Markdown.
// Unlike [Page], it analyzes nothing.
func help(r *rules.Rule) string {
	lang := "yaml"
	if r.Only == rules.OnlyJSON {
		lang = "json"
	}
	var b bytes.Buffer
	b.WriteString(description(r) + "\n\nReported:\n\n")
	fence(&b, lang, strings.TrimPrefix(r.Bad, "\n"))
	b.WriteString("Not reported:\n\n")
	fence(&b, lang, strings.TrimPrefix(r.Good, "\n"))
	return strings.TrimSpace(b.String())
}
