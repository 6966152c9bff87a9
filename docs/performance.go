//go:build ignore

// Performance turns the output of go test -bench into docs/performance.md; make bench runs it.
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"regexp"
	"strconv"
	"strings"
)

const head = `# Performance

Made by ` + "`make bench`" + `; every figure is of one run on one machine, so compare rows, not tables. %s

Goals: reading and checking a 10 MB program costs at most 5 times what the standard library needs to read the same bytes into ` + "`any`" + `,
and 3 times without the rules about conditions, variables and guards; the cost grows linearly with the number of steps; a cold start on one small file takes at most 3 times ` + "`/bin/true`" + ` and 10 ms;
many files use all cores; Python files without a program are rejected at more than 100 MB/s, and 5 kB of Python with one are checked in 5 ms;
running a program, snapshots and hash included, takes a hundredth of what it takes on the Python machine. The rows of package reference are what
docs/reference.py measured of that machine, on the same computer: docs/reference.txt.

`

// figure is one value of a benchmark: 123 ns/op.
type figure struct {
	value float64
	unit  string
}

type result struct {
	pkg, name string
	figures   []figure
}

func (r result) get(unit string) float64 {
	for _, f := range r.figures {
		if f.unit == unit {
			return f.value
		}
	}
	return 0
}

func main() {
	var results []result
	var machine, pkg string
	var missed []string // goals that a benchmark holds itself to
	missing := false
	line := regexp.MustCompile(`^Benchmark(\S+?)(?:-\d+)?\s+\d+\s+(.*)$`)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		text := in.Text()
		switch {
		case strings.HasPrefix(text, "cpu:"):
			machine = "This one: " + strings.TrimSpace(strings.TrimPrefix(text, "cpu:")) + "."
		case strings.HasPrefix(text, "pkg:"):
			pkg = strings.TrimPrefix(strings.TrimSpace(strings.TrimPrefix(text, "pkg:")), "github.com/nanolint/nanolint/")
		case strings.HasPrefix(text, "--- FAIL: Benchmark"):
			missing = true
		case missing && strings.HasPrefix(text, " "):
			_, goal, _ := strings.Cut(strings.TrimSpace(text), ": ")
			missed = append(missed, goal)
		case strings.HasPrefix(text, "FAIL") && len(missed) == 0, strings.HasPrefix(text, "--- FAIL"):
			log.Fatal(text)
		default:
			missing = false
		}
		m := line.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		r := result{pkg: pkg, name: m[1]}
		words := strings.Fields(m[2])
		for i := 0; i+1 < len(words); i += 2 {
			v, err := strconv.ParseFloat(words[i], 64)
			if err != nil {
				log.Fatal(err)
			}
			r.figures = append(r.figures, figure{v, words[i+1]})
		}
		results = append(results, r)
	}
	if len(results) == 0 {
		log.Fatal("no benchmark in the input")
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintf(out, head, machine)
	for _, goal := range missed {
		fmt.Fprintf(out, "- **Missed here:** %s.\n", goal)
	}
	ratios(out, results)
	fmt.Fprint(out, "| package | benchmark | time | throughput | memory | other |\n|---|---|---:|---:|---:|---|\n")
	for _, r := range results {
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s |\n", r.pkg, r.name, duration(r.get("ns/op")), throughput(r), memory(r), other(r))
	}
}

// ratios compares what has a yardstick.
func ratios(out *bufio.Writer, results []result) {
	by := make(map[string]result)
	for _, r := range results {
		by[r.name] = r
	}
	if ours, std := by["Analyze10MB"], by["Unmarshal10MB"]; std.name != "" {
		fmt.Fprintf(out, "- Reading and checking 10 MB costs %.1f times `json.Unmarshal`.\n", ours.get("ns/op")/std.get("ns/op"))
	}
	if ours, std := by["AnalyzeStructure10MB"], by["Unmarshal10MB"]; ours.name != "" && std.name != "" {
		fmt.Fprintf(out, "- Without the rules about conditions, variables and guards it is %.1f times.\n", ours.get("ns/op")/std.get("ns/op"))
	}
	small, large := by["AnalyzeChain/steps=100"], by["AnalyzeChain/steps=100000"]
	if small.name != "" && large.name != "" {
		fmt.Fprintf(out, "- A thousand times as many steps, 100 and 100,000, cost %.0f times as much.\n", large.get("ns/op")/small.get("ns/op"))
	}
	if reject, check := by["Python/rejected"], by["Python/program"]; reject.name != "" && check.name != "" {
		fmt.Fprintf(out, "- 5 kB of Python without a program are rejected at %.0f MB/s; with one, they are checked in %.1f ms.\n", reject.get("MB/s"), check.get("ns/op")/1e6)
	}
	if r := by["ColdStart"]; r.name != "" {
		fmt.Fprintf(out, "- A cold start takes %.1f ms, `/bin/true` %.1f ms.\n", r.get("ms/start"), r.get("ms/true"))
	}
	if r := by["ThousandFiles"]; r.name != "" {
		fmt.Fprintf(out, "- A thousand small files take %.0f ms and keep %.1f processors busy.\n", r.get("ms/1000files"), r.get("cpus"))
	}
	runs(out, results)
	fmt.Fprintln(out)
}

// runs compares runs with those of the Python machine.
func runs(out *bufio.Writer, results []result) {
	theirs := make(map[string]float64)
	for _, r := range results {
		if name, found := strings.CutPrefix(r.name, "Reference/"); found {
			theirs[name] = r.get("ns/op")
		}
	}
	for _, r := range results {
		if name, found := strings.CutPrefix(r.name, "Run/"); found && theirs[name] > 0 {
			fmt.Fprintf(out, "- Running %s takes %s, the Python machine %s: %.0f times as long.\n",
				name, duration(r.get("ns/op")), duration(theirs[name]), theirs[name]/r.get("ns/op"))
		}
	}
}

func duration(ns float64) string {
	switch {
	case ns >= 1e9:
		return fmt.Sprintf("%.2f s", ns/1e9)
	case ns >= 1e6:
		return fmt.Sprintf("%.1f ms", ns/1e6)
	case ns >= 1e3:
		return fmt.Sprintf("%.1f µs", ns/1e3)
	}
	return fmt.Sprintf("%.0f ns", ns)
}

func throughput(r result) string {
	if v := r.get("MB/s"); v > 0 {
		return fmt.Sprintf("%.0f MB/s", v)
	}
	return ""
}

func memory(r result) string {
	switch v := r.get("B/op"); {
	case v >= 1e6:
		return fmt.Sprintf("%.1f MB", v/1e6)
	case v >= 1e3:
		return fmt.Sprintf("%.1f kB", v/1e3)
	case v > 0:
		return fmt.Sprintf("%.0f B", v)
	}
	return ""
}

func other(r result) string {
	var all []string
	for _, f := range r.figures {
		switch f.unit {
		case "ns/op", "MB/s", "B/op", "allocs/op":
		default:
			all = append(all, fmt.Sprintf("%.3g %s", f.value, f.unit))
		}
	}
	return strings.Join(all, ", ")
}
