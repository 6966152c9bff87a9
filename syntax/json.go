package syntax

import "github.com/nanolint/nanolint/source"

func parseJSON(f *source.File) []Document {
	return []Document{{Root: &Node{Span: source.Span{End: len(f.Text)}}}}
}
