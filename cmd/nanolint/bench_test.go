package main

import (
	"bufio"
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

const smallProgram = `{"name": "small", "steps": [
  {"id": "paid", "type": "condition", "condition": "$ok", "then": "ship", "otherwise": "fail"},
  {"id": "ship", "type": "tool", "tool": "ship", "is_terminal": true},
  {"id": "fail", "type": "tool", "tool": "refund", "is_terminal": true}
]}
`

// built is the path of the command, as users build it.
func built(b *testing.B) string {
	b.Helper()
	name := filepath.Join(b.TempDir(), "nanolint")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", name, ".").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	return name
}

// took runs a command to its end and returns how long that took, and the processor time it used.
func took(b *testing.B, dir, name string, args ...string) (wall, cpu time.Duration) {
	b.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	start := time.Now()
	if err := cmd.Run(); err != nil {
		b.Fatalf("%s: %v", name, err)
	}
	return time.Since(start), cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

func median(ds []time.Duration) time.Duration {
	slices.Sort(ds)
	return ds[len(ds)/2]
}

// BenchmarkColdStart checks one small file, and runs /bin/true in turn with it: the budget is three
// times that and 10 ms.
func BenchmarkColdStart(b *testing.B) {
	yes, err := exec.LookPath("true")
	if err != nil {
		b.Skip("there is no true to compare with")
	}
	nanolint, dir := built(b), b.TempDir()
	write(b, filepath.Join(dir, "small.json"), smallProgram)
	var ours, least []time.Duration
	for b.Loop() {
		wall, _ := took(b, dir, yes)
		least = append(least, wall)
		wall, _ = took(b, dir, nanolint, "check", "small.json")
		ours = append(ours, wall)
	}
	us, it := median(ours), median(least)
	b.ReportMetric(float64(us.Microseconds())/1000, "ms/start")
	b.ReportMetric(float64(it.Microseconds())/1000, "ms/true")
	if budget := 3*it + 10*time.Millisecond; len(ours) >= 20 && us > budget {
		b.Errorf("a cold start takes %v, more than %v", us.Round(100*time.Microsecond), budget.Round(100*time.Microsecond))
	}
}

// BenchmarkWatch saves one of a thousand files and waits until what is found in it is printed.
func BenchmarkWatch(b *testing.B) {
	dir := b.TempDir()
	program := twoKilobytes()
	for i := range 1000 {
		write(b, filepath.Join(dir, fmt.Sprintf("%d/%d.json", i/100, i)), program)
	}
	c := exec.CommandContext(b.Context(), built(b), "check", "--watch", "--format", "concise", "--select", "NL101", ".")
	c.Dir = dir
	found, err := c.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	lines := bufio.NewScanner(found)
	save := func(name string) time.Duration {
		text := strings.Replace(program, `"tool": "fetch"`, `"tool": "fetch", "next_step": "`+name+`"`, 1)
		began := time.Now()
		write(b, filepath.Join(dir, "5", "555.json"), text)
		for lines.Scan() {
			if strings.Contains(lines.Text(), name) {
				return time.Since(began)
			}
		}
		b.Fatal("it has ended")
		return 0
	}
	for began := time.Now(); time.Since(began) < time.Second; {
		save(fmt.Sprint("warm_", time.Since(began).Nanoseconds()))
	}
	var took []time.Duration
	for b.Loop() {
		took = append(took, save(fmt.Sprint("ghost_", len(took))))
	}
	slices.Sort(took)
	b.ReportMetric(float64(median(took).Microseconds())/1000, "ms/save")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "ms/save-95%")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms/save-max")
	if err := c.Process.Kill(); err != nil {
		b.Fatal(err)
	}
	_ = c.Wait() // it was killed
}

// twoKilobytes is a program of 20 steps, as people write them.
func twoKilobytes() string {
	var b strings.Builder
	b.WriteString(`{"name": "small", "steps": [`)
	for i := range 17 {
		fmt.Fprintf(&b, "\n  {\"id\": \"step_%d\", \"type\": \"tool\", \"tool\": \"fetch\", \"args\": {\"city\": \"$city\", \"n\": %d}, \"output_key\": \"out_%d\"},", i, i, i)
	}
	_, rest, _ := strings.Cut(smallProgram, "[")
	return b.String() + rest
}

// BenchmarkThousandFiles checks a directory. The processor time is more than the time that passes if
// there is more than one processor to use.
func BenchmarkThousandFiles(b *testing.B) {
	nanolint, dir := built(b), b.TempDir()
	program := twoKilobytes()
	for i := range 1000 {
		write(b, filepath.Join(dir, fmt.Sprintf("%d/%d.json", i/100, i)), program)
	}
	var walls, cpus time.Duration
	for b.Loop() {
		wall, cpu := took(b, dir, nanolint, "check", "--quiet", "--ignore", "NL121", ".")
		walls, cpus = walls+wall, cpus+cpu
	}
	b.ReportMetric(float64(cpus)/float64(walls), "cpus")
	b.ReportMetric(float64(walls.Microseconds())/1000/float64(b.N), "ms/1000files")
}
