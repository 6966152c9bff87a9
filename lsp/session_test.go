package lsp

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/nanolint/nanolint/source"
)

var update = flag.Bool("update", false, "write the expected output anew")

// TestSessions plays the conversations of testdata/sessions with a server over a pipe. An archive holds documents, a
// session and, in want, what the server answered. The lines of a session are
//
//	initialize JSON…                  begin with these abilities of the editor, if others than usual
//	open FILE [LANGUAGE]              open a document of the archive
//	edit FILE "OLD" "NEW"             replace the first OLD
//	type FILE "BEFORE|BEHIND" "TEXT"  write TEXT at the bar, letter by letter
//	close FILE
//	diagnostics FILE                  wait for what is said of the newest text
//	hover, definition, references, highlight, completion, signature, selection FILE "BEFORE|BEHIND"
//	accept FILE "BEFORE|BEHIND" LABEL take an offer of the completion
//	rename FILE "BEFORE|BEHIND" NAME  rename, and take the result
//	actions FILE "FROM|TO|"           what can be done about a place
//	act FILE "FROM|TO|" "TITLE"       do it
//	symbols, folding, tokens, hints, lenses, links FILE
//	format FILE "FROM|TO|"
//	call METHOD JSON                  any request; notify METHOD JSON: any notification
//	capabilities                      what the server said that it can
//	heard                             what else the server has said
//	show FILE                         the text as it is now
//
// A place is a text of the document with a bar in it; a second bar is its end.
func TestSessions(t *testing.T) {
	paths, err := filepath.Glob("testdata/sessions/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no sessions: ", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			s := &session{client: start(t, nil, nil), files: map[string]string{}}
			script, want := "", -1
			for i, f := range archive.Files {
				switch f.Name {
				case "session":
					script = string(f.Data)
				case "want":
					want = i
				default:
					s.files[f.Name] = string(f.Data)
				}
			}
			got := s.play(script)
			if *update {
				if want < 0 {
					archive.Files, want = append(archive.Files, txtar.File{Name: "want"}), len(archive.Files)
				}
				archive.Files[want].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 || got != string(archive.Files[want].Data) {
				t.Errorf("the server answers otherwise: run go test ./lsp -update and look at the difference\n%s", got)
			}
		})
	}
}

// session is a conversation that is being played.
type session struct {
	*client
	files   map[string]string
	begun   bool
	printed strings.Builder
}

const root = "file:///ws/"

// usual is the abilities of a usual editor.
var usual = m{"textDocument": m{
	"publishDiagnostics": m{"relatedInformation": true}, "completion": m{"completionItem": m{"snippetSupport": true}},
}}

func (s *session) play(script string) string {
	for line := range strings.Lines(script) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fmt.Fprintf(&s.printed, "> %s\n", line)
		words := split(s.t, line)
		if words[0] == "initialize" {
			var capabilities m
			s.must(json.Unmarshal([]byte(words[1]), &capabilities))
			s.begun = true
			s.initialize(capabilities, words[2:]...)
			continue
		}
		if !s.begun {
			s.begun = true
			s.initialize(usual)
		}
		s.do(words[0], words[1:])
	}
	return s.printed.String()
}

// split is the words of a line; those in quotes are one, and JSON is one to the end of the line.
func split(t testing.TB, line string) []string {
	t.Helper()
	var words []string
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		switch {
		case line[0] == '"':
			quoted, err := strconv.QuotedPrefix(line)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			word, _ := strconv.Unquote(quoted)
			words, line = append(words, word), line[len(quoted):]
		case line[0] == '{':
			return append(words, line)
		default:
			word, rest, _ := strings.Cut(line, " ")
			words, line = append(words, word), rest
		}
	}
	return words
}

func (s *session) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// place finds a place: the offsets of the bars.
func (s *session) place(uri, with string) source.Span {
	s.t.Helper()
	before, rest, found := strings.Cut(with, "|")
	if !found {
		s.t.Fatalf("no bar in %q", with)
	}
	inside, behind, two := strings.Cut(rest, "|")
	if !two {
		inside, behind = "", rest
	}
	at := strings.Index(s.text[uri], before+inside+behind)
	if at < 0 {
		s.t.Fatalf("%q is not in the text", before+inside+behind)
	}
	at += len(before)
	return source.Span{Start: at, End: at + len(inside)}
}

func (s *session) do(verb string, words []string) {
	switch verb {
	case "call":
		s.printAnswer(s.call(words[0], json.RawMessage(words[1])))
		return
	case "notify":
		s.notify(words[0], json.RawMessage(words[1]))
		return
	case "capabilities":
		s.print(s.greeting)
		return
	case "heard":
		s.mu.Lock()
		heard := slices.Clone(s.heard)
		s.heard = nil
		s.mu.Unlock()
		for _, h := range heard {
			fmt.Fprintf(&s.printed, "%s\n", strings.ReplaceAll(h, root, ""))
		}
		return
	}
	uri := root + words[0]
	switch verb {
	case "open":
		text, ok := s.files[words[0]]
		if !ok {
			s.t.Fatalf("there is no %s", words[0])
		}
		s.client.open(uri, slices.Concat(words, []string{""})[1], text)
	case "edit":
		at := strings.Index(s.text[uri], words[1])
		if at < 0 {
			s.t.Fatalf("%q is not in the text", words[1])
		}
		s.change(uri, source.Span{Start: at, End: at + len(words[1])}, words[2])
	case "type":
		at := s.place(uri, words[1]).Start
		for _, r := range words[2] {
			s.change(uri, source.Span{Start: at, End: at}, string(r))
			at += len(string(r))
		}
	case "close":
		s.notify("textDocument/didClose", m{"textDocument": m{"uri": uri}})
	case "diagnostics":
		s.printDiagnostics(s.client.diagnostics(uri))
	case "show":
		s.printed.WriteString(s.text[uri])
	default:
		s.ask(verb, uri, words[1:])
	}
}
