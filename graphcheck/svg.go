package graphcheck

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/nanolint/nanolint/program"
)

// Marks say what a drawing emphasizes.
type Marks struct {
	States []program.State // what it is about
	Path   []Edge          // how control comes there
}

func (m Marks) onPath(from program.State, to program.State) bool {
	for _, e := range m.Path {
		if e.From == from && e.To == to {
			return true
		}
	}
	return false
}

// Sizes of a drawing, in pixels.
const (
	lineHeight = 18
	charWidth  = 8
	gapX, gapY = 28, 46
	boxHeight  = 2*lineHeight + 8
	endSize    = 14
	mostChars  = 28
)

// SVG draws the graph from the top down: a box for each state that control can come to, and a circle at each move that
// ends the run. It needs no other program, and the same graph gives the same bytes.
func (g *Graph) SVG(w io.Writer, m Marks) error {
	l := g.layOut()
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">`+"\n",
		l.width, l.height, l.width, l.height)
	out.WriteString(svgStyle)
	for i := range l.arrows {
		g.drawArrow(out, l, &l.arrows[i], m)
	}
	for i := range l.nodes {
		g.drawNode(out, &l.nodes[i], m)
	}
	out.WriteString("</svg>\n")
	return out.Flush()
}

const svgStyle = `<style>
.box{fill:#fff;stroke:#57606a}.inline{stroke-dasharray:4 3}.end{fill:#57606a}.failure{fill:#cf222e}.success{fill:#1a7f37}.suspended{fill:#9a6700}
.move{fill:none;stroke:#57606a}.marked{stroke:#cf222e;stroke-width:2.5}.path{stroke:#0969da;stroke-width:2.5}
.id{font-weight:bold}.kind,.on{fill:#57606a;font-size:11px}.on{paint-order:stroke;stroke:#fff;stroke-width:3px}text{text-anchor:middle}
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="#57606a"/></marker></defs>
`

func (g *Graph) drawNode(out *bufio.Writer, n *node, m Marks) {
	if n.end != "" {
		fmt.Fprintf(out, `<circle class="end %s" cx="%d" cy="%d" r="%d"><title>%s</title></circle>`+"\n", n.end, n.x, n.y+endSize/2, endSize/2, n.end)
		return
	}
	if n.bend {
		return
	}
	step := g.Program.Steps[n.state.Step]
	class := "box"
	if n.state.Entry == program.Inline {
		class += " inline"
	}
	for _, s := range m.States {
		if s == n.state {
			class += " marked"
		}
	}
	fmt.Fprintf(out, `<g><title>%s</title><rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="5"/>`,
		escapeSVG(g.label(n.state)), class, n.x-n.width/2, n.y, n.width, boxHeight)
	kind := step.Kind.String()
	if n.state.Entry == program.Inline {
		kind += ", inline"
	}
	fmt.Fprintf(out, `<text class="id" x="%d" y="%d">%s</text><text class="kind" x="%d" y="%d">%s</text></g>`+"\n",
		n.x, n.y+lineHeight, escapeSVG(cut(step.ID())), n.x, n.y+2*lineHeight, kind)
}

func (g *Graph) drawArrow(out *bufio.Writer, l *layout, a *route, m Marks) {
	class := "move"
	from, to := l.nodes[a.from].state, l.nodes[a.to].state
	if l.nodes[a.to].end == "" && m.onPath(from, to) {
		class += " path"
	}
	points := l.points(a)
	fmt.Fprintf(out, `<path class="%s" marker-end="url(#tip)" d="M%d %d`, class, points[0].x, points[0].y)
	for i, p := range points[1:] {
		half := (points[i].y + p.y) / 2
		fmt.Fprintf(out, `C%d %d %d %d %d %d`, points[i].x, half, p.x, half, p.x, p.y)
	}
	out.WriteString(`"/>`)
	middle := points[1]
	fmt.Fprintf(out, `<text class="on" x="%d" y="%d">%s</text>`+"\n", (points[0].x+middle.x)/2, (points[0].y+middle.y)/2, escapeSVG(a.label))
}

// cut is the beginning of a long text.
func cut(text string) string {
	if utf8.RuneCountInString(text) <= mostChars {
		return text
	}
	return string([]rune(text)[:mostChars-1]) + "…"
}

// escapeSVG is text as XML has it; what it cannot hold is left out.
func escapeSVG(text string) string {
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r == utf8.RuneError || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, text)
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(text)
}
