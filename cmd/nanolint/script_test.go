package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	_ "github.com/ncruces/go-sqlite3/driver"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/nanolint/nanolint/source"
	"github.com/nanolint/nanolint/validator/rules"
)

var update = flag.Bool("update", false, "write the expected output anew")

// root is the directory of the repository.
var root = filepath.Join("..", "..")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"nanolint":         main,
		"nanolint-crashes": mainThatCrashes,
	})
}

// binary is the path of nanolint: the binary of the tests is it when it is called so.
func binary(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "nanolint")
	if err := os.Symlink(self, path); err != nil {
		t.Skip(err)
	}
	return path
}

// mainThatCrashes is the command with a rule that panics, for no rule that we know of does.
func mainThatCrashes() {
	crash := &rules.Rule{
		ID: "NL999", Name: "crash", Severity: source.Error,
		Run: func(*rules.Pass) { panic("out of cheese") },
	}
	all := append([]*rules.Rule{crash}, rules.All()...)
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, rules: all}
	os.Exit(a.run(os.Args[1:]))
}

// TestScripts runs the real command on the cases of testdata/golden/cli. Beside the usual commands of
// testscript there are:
//
//	status N COMMAND…    the command must end with exit status N
//	valid FILE [SCHEMA]  FILE, or stdout, is JSON output as docs/output.schema.json has it, or SCHEMA, a path of the repository
//	hex FILE BYTES…      write a file of bytes that an archive cannot hold
//	big FILE N           make a file of N bytes
//	until FILE TEXT…     wait until the last line of FILE is TEXT; of several, until the last lines are
//	database FILE SQL    make a SQLite database with the statements of the file SQL
//
// The conditions are root, and client:NAME for the clients of editors/test-setup.
//
// $PAGES is the directory of the rules' pages, $EDITORS that of the configurations of editors, and $FLOWS that of the
// programs that are opened in them.
func TestScripts(t *testing.T) {
	repository, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(root, "testdata", "golden", "cli"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("TERM", "xterm")
			e.Setenv("PAGES", filepath.Join(repository, "testdata", "golden", "rules"))
			e.Setenv("EDITORS", filepath.Join(repository, "editors"))
			e.Setenv("FLOWS", filepath.Join(repository, "testdata", "editors"))
			return nil
		},
		Condition: condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"valid":  valid,
			"status": status,
			"hex":    hex,
			"big":    big,
			"until":  until,
			"database": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(makeDatabase(ts.MkAbs(args[0]), ts.ReadFile(args[1])))
			},
		},
	})
}

func condition(c string) (bool, error) {
	if name, ok := strings.CutPrefix(c, "client:"); ok {
		return hasClient(name), nil
	}
	if c == "root" {
		return os.Getuid() == 0, nil
	}
	return false, fmt.Errorf("there is no condition %s", c)
}

func status(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d\n%s%s", got, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

func valid(ts *testscript.TestScript, _ bool, args []string) {
	path := filepath.Join(root, "docs", "output.schema.json")
	if len(args) > 1 {
		path = filepath.Join(root, filepath.FromSlash(args[1]))
	}
	schema, err := jsonschema.Compile(path)
	ts.Check(err)
	d := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	d.UseNumber()
	var v any
	ts.Check(d.Decode(&v))
	if err := schema.Validate(v); err != nil {
		ts.Fatalf("%s is not as %s has it: %#v", args[0], filepath.Base(path), err)
	}
	if d.More() {
		ts.Fatalf("%s holds more than one value", args[0])
	}
}

func hex(ts *testscript.TestScript, _ bool, args []string) {
	var b bytes.Buffer
	for _, arg := range args[1:] {
		v, err := strconv.ParseUint(arg, 16, 8)
		if err != nil {
			b.WriteString(arg)
			continue
		}
		b.WriteByte(byte(v))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o666))
}

func big(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	ts.Check(f.Truncate(n))
}

// until waits for a command that goes on in the background.
func until(ts *testscript.TestScript, _ bool, args []string) {
	want := strings.Join(args[1:], "\n") + "\n"
	got := ""
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		text, _ := os.ReadFile(ts.MkAbs(args[0])) // it may not be there yet
		if got = string(text); got == want || strings.HasSuffix(got, "\n"+want) {
			return
		}
	}
	ts.Fatalf("%s does not come to end with\n%sit is\n%s", args[0], want, got)
}

func makeDatabase(name, statements string) error {
	db, err := sql.Open("sqlite3", name)
	if err != nil {
		return err
	}
	_, err = db.Exec(statements)
	return errors.Join(err, db.Close())
}
