package syntax

import (
	"slices"
	"strings"

	"github.com/nanolint/nanolint/source"
)

// parseMarkdown reads the fenced code blocks of a Markdown file that may hold a program. Each is read as a file of
// its own, and its tree then gets the places of the Markdown file.
func parseMarkdown(f *source.File) []Document {
	if !strings.Contains(f.Text, "steps") {
		return nil
	}
	var docs []Document
	for _, fence := range fences(f) {
		if !slices.ContainsFunc(fence.lines, func(l fenceLine) bool {
			return strings.Contains(f.Text[l.content:l.end], "steps")
		}) {
			continue
		}
		text := fence.text(f)
		lang, ok := blockLang(fence.info, text.Value)
		if !ok {
			continue
		}
		b := &Fenced{file: f, fence: fence, text: text}
		found := Parse(source.NewFile(f.Name, text.Value), lang)
		t := newTranslation(text)
		for i := range found {
			d := &found[i]
			d.Fence, d.String = b, t.span(d.String)
			t.node(d.Root)
			for k := range d.Problems {
				t.problem(&d.Problems[k])
				d.Problems[k].Fix = b.translateFix(d.Problems[k].Fix)
			}
		}
		docs = append(docs, found...)
	}
	if len(docs) > 0 {
		shareView(f, docs)
	}
	return docs
}

// blockLang is the language of a block, by the first word behind its fence. A block without one is taken for JSON
// or YAML by how it begins.
func blockLang(info, text string) (l Lang, ok bool) {
	word, _, _ := strings.Cut(strings.ToLower(info), " ")
	switch strings.TrimRight(word, ",:;{") {
	case "json":
		return JSON, true
	case "jsonl":
		return JSONL, true
	case "yaml", "yml":
		return YAML, true
	case "python", "py":
		return Python, true
	case "":
		if text = strings.TrimLeft(text, " \t\r\n"); text != "" && (text[0] == '{' || text[0] == '[') {
			return JSON, true
		}
		return YAML, true
	}
	return 0, false // another language
}

// text is what stands inside a fence, with the places of the file.
func (f fence) text(file *source.File) source.Text {
	var b source.TextBuilder
	var span source.Span
	for i, l := range f.lines {
		if i == 0 {
			span.Start = l.content
		}
		b.Verbatim(l.content, file.Text[l.content:l.end])
		span.End = l.end
	}
	return b.Text(span)
}

// shareView gives the blocks of a file one text to edit in: that of the file, with blanks for what stands before
// the lines of the blocks.
func shareView(f *source.File, docs []Document) {
	var b strings.Builder
	at := 0
	for i, d := range docs {
		if i > 0 && docs[i-1].Fence == d.Fence {
			continue
		}
		for _, l := range d.Fence.fence.lines {
			if strings.Trim(f.Text[l.start:l.content], " ") == "" {
				continue
			}
			b.WriteString(f.Text[at:l.start] + strings.Repeat(" ", l.content-l.start))
			at = l.content
		}
	}
	view := f
	if at > 0 {
		b.WriteString(f.Text[at:])
		view = source.NewFile(f.Name, b.String())
	}
	for _, d := range docs {
		d.Fence.Text = view
	}
}

// FenceAt is the language of the fenced code block of a Markdown file around a place. ok is false outside of blocks, and in those
// that hold no program: see [Parse].
func FenceAt(f *source.File, at int) (l Lang, ok bool) {
	if !strings.Contains(f.Text, "steps") {
		return 0, false
	}
	for _, fence := range fences(f) {
		if n := len(fence.lines); n > 0 && fence.lines[0].start <= at && at <= fence.lines[n-1].end {
			text := fence.text(f).Value
			if l, ok = blockLang(fence.info, text); ok {
				return l, strings.Contains(text, "steps")
			}
		}
	}
	return 0, false
}
