package report

import (
	"github.com/fatih/color"

	"github.com/nanolint/nanolint/source"
)

// Palette colours the parts of a text. The zero Palette leaves them as they are.
//
// Whether to colour is decided once, by who makes the Palette: the global switch of the library is
// neither read nor set.
type Palette struct {
	err, warning, info, strong, gutter, fix *color.Color
}

// Colored is the palette for a terminal.
func Colored() Palette {
	return Palette{
		err:     enabled(color.FgRed, color.Bold),
		warning: enabled(color.FgYellow, color.Bold),
		info:    enabled(color.FgCyan, color.Bold),
		strong:  enabled(color.Bold),
		gutter:  enabled(color.FgBlue),
		fix:     enabled(color.FgGreen),
	}
}

func enabled(attributes ...color.Attribute) *color.Color {
	c := color.New(attributes...)
	c.EnableColor()
	return c
}

// of is the colour of a severity.
func (p Palette) of(s source.Severity) *color.Color {
	switch s {
	case source.Error:
		return p.err
	case source.Warning:
		return p.warning
	}
	return p.info
}

// paint colours s, which must be visible already.
func paint(c *color.Color, s string) string {
	if c == nil || s == "" {
		return s
	}
	return c.Sprint(s)
}
