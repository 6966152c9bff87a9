package lsp

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// How the answers of the server are printed in the sessions.

func (s *session) ask(verb, uri string, words []string) {
	doc := m{"textDocument": m{"uri": uri}}
	switch verb {
	case "hover":
		var h struct{ Contents struct{ Value string } }
		s.answer(&h, verb, uri, s.place(uri, words[0]).Start)
		fmt.Fprintf(&s.printed, "%s\n", strings.TrimSpace(h.Contents.Value))
	case "definition", "references", "highlight", "selection", "signature":
		s.askAt(verb, uri, s.place(uri, words[0]).Start)
	case "completion":
		for _, i := range s.completion(uri, words[0]) {
			s.printItem(uri, i)
		}
	case "accept":
		items := s.completion(uri, words[0])
		k := slices.IndexFunc(items, func(i item) bool { return i.Label == words[1] })
		if k < 0 {
			s.t.Fatalf("%q is not offered, but %v", words[1], items)
		}
		s.take(uri, []edit{items[k].TextEdit})
	case "rename":
		result, err := s.at("textDocument/rename", uri, s.place(uri, words[0]).Start, m{"newName": words[1]})
		if err != nil {
			fmt.Fprintf(&s.printed, "refused: %v\n", err)
			return
		}
		s.takeWorkspaceEdit(uri, result)
	case "actions", "act":
		s.act(verb, uri, words)
	case "symbols":
		result, err := s.call("textDocument/documentSymbol", doc)
		s.must(err)
		var all []symbol
		s.must(json.Unmarshal(result, &all))
		s.printSymbols(all, "")
	case "tokens":
		s.printTokens(uri)
	case "hints":
		s.printHints(uri)
	case "format":
		at := s.place(uri, words[0])
		doc["range"] = m{"start": s.position(uri, at.Start), "end": s.position(uri, at.End)}
		doc["options"] = m{"tabSize": 2, "insertSpaces": true}
		result, err := s.call("textDocument/rangeFormatting", doc)
		s.must(err)
		var edits []edit
		s.must(json.Unmarshal(result, &edits))
		s.take(uri, edits)
	case "folding", "lenses", "links":
		method := map[string]string{"folding": "foldingRange", "lenses": "codeLens", "links": "documentLink"}[verb]
		s.printAnswer(s.call("textDocument/"+method, doc))
	default:
		s.t.Fatalf("what is %s?", verb)
	}
}

func (s *session) answer(into any, verb, uri string, off int) {
	result, err := s.at("textDocument/"+verb, uri, off, nil)
	s.must(err)
	s.must(json.Unmarshal(result, into))
}

func (s *session) askAt(verb, uri string, off int) {
	method := map[string]string{
		"highlight": "documentHighlight", "selection": "selectionRange", "signature": "signatureHelp",
	}[verb]
	if method == "" {
		method = verb
	}
	more := m{"context": m{"includeDeclaration": true}}
	if verb == "selection" {
		more = m{"positions": []m{s.position(uri, off)}}
	}
	s.printAnswer(s.at("textDocument/"+method, uri, off, more))
}

type item struct {
	Label, Detail string
	TextEdit      edit
	Documentation struct{ Value string }
}

func (s *session) completion(uri, with string) []item {
	var list struct{ Items []item }
	s.answer(&list, "completion", uri, s.place(uri, with).Start)
	return list.Items
}

func (s *session) printItem(uri string, i item) {
	fmt.Fprintf(&s.printed, "%s", i.Label)
	if i.Detail != "" {
		fmt.Fprintf(&s.printed, " · %s", i.Detail)
	}
	if over := s.slice(uri, i.TextEdit.Range); i.TextEdit.NewText != i.Label || over != "" {
		fmt.Fprintf(&s.printed, " · %q over %q", i.TextEdit.NewText, over)
	}
	s.printed.WriteByte('\n')
}

func (s *session) slice(uri string, r textRange) string {
	f := source.NewFile("", s.text[uri])
	from := f.Offset(r.Start.Line, r.Start.Character, s.encoding)
	return f.Text[from:f.Offset(r.End.Line, r.End.Character, s.encoding)]
}

// take makes edits, tells the server, and prints the lines that are new.
func (s *session) take(uri string, edits []edit) {
	before := s.text[uri]
	after := s.apply(before, edits)
	s.change(uri, source.Span{End: len(before)}, after)
	old := strings.Split(before, "\n")
	for _, line := range strings.Split(after, "\n") {
		if !slices.Contains(old, line) {
			fmt.Fprintf(&s.printed, "+ %s\n", line)
		}
	}
}

func (s *session) takeWorkspaceEdit(uri string, result json.RawMessage) {
	var w struct{ Changes map[string][]edit }
	s.must(json.Unmarshal(result, &w))
	s.take(uri, w.Changes[uri])
}

func (s *session) act(verb, uri string, words []string) {
	at := s.place(uri, words[0])
	result, err := s.call("textDocument/codeAction", m{
		"textDocument": m{"uri": uri}, "context": m{"diagnostics": []m{}},
		"range": m{"start": s.position(uri, at.Start), "end": s.position(uri, at.End)},
	})
	s.must(err)
	var all []struct {
		Title, Kind string
		IsPreferred bool
		Edit        json.RawMessage
	}
	s.must(json.Unmarshal(result, &all))
	for _, a := range all {
		if verb == "actions" {
			fmt.Fprintf(&s.printed, "%s (%s)", a.Title, a.Kind)
			if a.IsPreferred {
				s.printed.WriteString(", preferred")
			}
			s.printed.WriteByte('\n')
		} else if a.Title == words[1] {
			s.takeWorkspaceEdit(uri, a.Edit)
			return
		}
	}
	if verb == "act" {
		s.t.Fatalf("%q is not offered, but %v\n%s", words[1], all, s.printed.String())
	}
}

type symbol struct {
	Name, Detail          string
	Range, SelectionRange textRange
	Children              []symbol
}

func (s *session) printSymbols(all []symbol, indent string) {
	for _, x := range all {
		fmt.Fprintf(&s.printed, "%s%s · %s · %v, %v\n", indent, x.Name, x.Detail, x.Range, x.SelectionRange)
		s.printSymbols(x.Children, indent+"  ")
	}
}

func (s *session) printTokens(uri string) {
	result, err := s.call("textDocument/semanticTokens/full", m{"textDocument": m{"uri": uri}})
	s.must(err)
	var tokens struct{ Data []int }
	s.must(json.Unmarshal(result, &tokens))
	var r textRange
	for d := tokens.Data; len(d) > 0; d = d[5:] {
		if d[0] > 0 {
			r.Start.Character = 0
		}
		r.Start.Line += d[0]
		r.Start.Character += d[1]
		r.End = r.Start
		r.End.Character += d[2]
		fmt.Fprintf(&s.printed, "%s %s\n", legend.TokenTypes[d[3]], s.slice(uri, r))
	}
}

func (s *session) printHints(uri string) {
	text := s.text[uri]
	result, err := s.call("textDocument/inlayHint", m{
		"textDocument": m{"uri": uri}, "range": m{"start": s.position(uri, 0), "end": s.position(uri, len(text))},
	})
	s.must(err)
	var all []struct {
		Position struct{ Line, Character int }
		Label    string
	}
	s.must(json.Unmarshal(result, &all))
	f := source.NewFile("", text)
	for _, h := range all {
		at := f.Offset(h.Position.Line, h.Position.Character, s.encoding)
		fmt.Fprintf(&s.printed, "%s« %s »\n", strings.TrimSpace(text[f.LineSpan(at).Start:at]), h.Label)
	}
}

func (s *session) printDiagnostics(all []json.RawMessage) {
	if len(all) == 0 {
		s.printed.WriteString("nothing\n")
	}
	for _, one := range all {
		var d struct {
			Range              textRange
			Severity           int
			Code, Message      string
			Tags               []int
			RelatedInformation []struct {
				Location struct{ Range textRange }
				Message  string
			}
			Data struct {
				Fixes []struct{ Title string }
			}
		}
		s.must(json.Unmarshal(one, &d))
		fmt.Fprintf(&s.printed, "%v %s %s: %s", d.Range, [...]string{1: "error", 2: "warning", 3: "info"}[d.Severity], d.Code, d.Message)
		if len(d.Tags) > 0 {
			fmt.Fprintf(&s.printed, " tags %v", d.Tags)
		}
		s.printed.WriteByte('\n')
		for _, r := range d.RelatedInformation {
			fmt.Fprintf(&s.printed, "    %v: %s\n", r.Location.Range, r.Message)
		}
		for _, f := range d.Data.Fixes {
			fmt.Fprintf(&s.printed, "    fix: %s\n", f.Title)
		}
	}
}

func (s *session) printAnswer(result json.RawMessage, err error) {
	if err != nil {
		fmt.Fprintf(&s.printed, "error: %v\n", err)
		return
	}
	s.print(result)
}

// print prints any answer: JSON with places in short.
func (s *session) print(result json.RawMessage) {
	var v any
	s.must(json.Unmarshal(result, &v))
	text, err := json.MarshalIndent(short(v), "", "  ")
	s.must(err)
	fmt.Fprintf(&s.printed, "%s\n", strings.ReplaceAll(string(text), root, ""))
}

// short writes ranges and positions as people do.
func short(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = short(v[i])
		}
	case m:
		if line, ok := v["line"].(float64); ok && len(v) == 2 {
			return fmt.Sprintf("%d:%d", int(line)+1, int(v["character"].(float64))+1)
		}
		if len(v) == 2 && v["start"] != nil && v["end"] != nil {
			return fmt.Sprintf("%v-%v", short(v["start"]), short(v["end"]))
		}
		for k := range v {
			v[k] = short(v[k])
		}
	}
	return v
}
