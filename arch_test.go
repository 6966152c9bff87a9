package nanolint_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/nanolint/nanolint/"

// mayImport is the plan of the house: what each package may import beside the standard library, and in
// the order of the layers. Third-party modules are allowed where they are used and nowhere else.
var mayImport = map[string][]string{
	"docs":            {}, // writes performance.md
	"source":          {},
	"spelling":        {},
	"cores":           {},
	"syntax/python":   {"source"},
	"syntax":          {"source", "syntax/python"},
	"value":           {},
	"cond":            {"source", "value"},
	"program":         {"source", "cores", "syntax", "cond"},
	"schema":          {"source", "syntax", "github.com/santhosh-tekuri/jsonschema/v5"},
	"graphcheck":      {"program", "github.com/dominikbraun/graph", "github.com/dominikbraun/graph/draw"},
	"dataflow":        {"program", "cond", "value", "graphcheck", "syntax"},
	"gateway":         {"github.com/ncruces/go-sqlite3"},
	"runtime":         {"syntax", "value", "cond", "program"},
	"scenario":        {"source", "spelling", "syntax", "value", "program", "schema", "graphcheck", "dataflow", "runtime"},
	"paths":           {"source", "syntax", "value", "cond", "program", "graphcheck", "dataflow", "runtime", "scenario"},
	"trace":           {"source", "syntax", "value", "program", "runtime"},
	"validator/rules": {"source", "spelling", "syntax", "value", "cond", "program", "schema", "graphcheck", "dataflow"},
	"validator":       {"source", "cores", "syntax", "program", "schema", "graphcheck", "dataflow", "validator/rules"},
	"baseline":        {"source", "syntax", "validator"},
	"config": {"source", "syntax", "spelling", "program", "validator", "validator/rules",
		"github.com/bmatcuk/doublestar/v4", "github.com/pelletier/go-toml/v2", "github.com/pelletier/go-toml/v2/unstable"},
	"report": {"source", "syntax", "value", "program", "graphcheck", "validator", "validator/rules", "runtime", "scenario", "paths", "trace",
		"github.com/fatih/color", "github.com/rivo/uniseg", "github.com/rogpeppe/go-internal/diff"},
	"lsp": {"source", "syntax", "value", "cond", "program", "schema", "graphcheck", "dataflow", "runtime", "scenario", "paths", "validator", "validator/rules", "config", "report",
		"go.lsp.dev/jsonrpc2", "go.lsp.dev/protocol", "go.lsp.dev/uri"},
	"cmd/nanolint": {"source", "gateway", "spelling", "syntax", "value", "program", "schema", "graphcheck", "runtime", "scenario", "paths", "trace", "validator", "validator/rules", "report", "lsp", "config", "baseline",
		"github.com/spf13/cobra", "github.com/spf13/pflag", "github.com/bmatcuk/doublestar/v4", "github.com/fsnotify/fsnotify", "github.com/mattn/go-isatty"},
}

const (
	maxFileLines     = 400
	maxFunctionLines = 80
)

// goFiles calls f for every Go file of the module.
func goFiles(t *testing.T, f func(name string, fset *token.FileSet, file *ast.File)) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || path.Ext(name) != ".go" {
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		n++
		f(filepath.ToSlash(name), fset, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n < 20 {
		t.Fatalf("found only %d Go files", n)
	}
}

func TestImportsFollowThePlan(t *testing.T) {
	goFiles(t, func(name string, _ *token.FileSet, file *ast.File) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		pkg := path.Dir(name)
		allowed, planned := mayImport[pkg]
		if !planned {
			t.Errorf("%s: package %s is not in the plan", name, pkg)
		}
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			standard := !strings.Contains(strings.Split(imported, "/")[0], ".")
			imported = strings.TrimPrefix(imported, module)
			if !standard && !slices.Contains(allowed, imported) {
				t.Errorf("%s: package %s may not import %s", name, pkg, imported)
			}
		}
	})
}

func TestPackagesSayWhatTheyAre(t *testing.T) {
	said := map[string]bool{}
	goFiles(t, func(name string, _ *token.FileSet, file *ast.File) {
		if file.Doc != nil && !strings.HasSuffix(name, "_test.go") {
			said[path.Dir(name)] = true
		}
	})
	for pkg := range mayImport {
		if !said[pkg] {
			t.Errorf("package %s has no package comment", pkg)
		}
	}
}

func TestSizes(t *testing.T) {
	goFiles(t, func(name string, fset *token.FileSet, file *ast.File) {
		if lines := fset.File(file.FileStart).LineCount(); lines > maxFileLines {
			t.Errorf("%s has %d lines, more than %d", name, lines, maxFileLines)
		}
		for _, d := range file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			lines := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1
			if lines > maxFunctionLines {
				t.Errorf("%s: %s has %d lines, more than %d", name, fn.Name.Name, lines, maxFunctionLines)
			}
		}
	})
}

// What would make two runs differ, or end the process under somebody's feet, is kept where it belongs.
func TestForbiddenCalls(t *testing.T) {
	forbidden := map[string]string{
		"time.Now": "cmd/", "os.Exit": "cmd/", "fmt.Print": "cmd/", "fmt.Println": "cmd/", "fmt.Printf": "cmd/",
	}
	goFiles(t, func(name string, fset *token.FileSet, file *ast.File) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		for _, d := range file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Name == "init" && fn.Recv == nil {
				t.Errorf("%s: init functions run before anybody asked", name)
			}
			if compilesAtStart(d) {
				t.Errorf("%s: an expression that is compiled at start costs every run", fset.Position(d.Pos()))
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			call := fmt.Sprintf("%v.%s", sel.X, sel.Sel.Name)
			if where, bad := forbidden[call]; bad && !strings.HasPrefix(name, where) {
				t.Errorf("%s: %s belongs into %s", fset.Position(sel.Pos()), call, where)
			}
			return true
		})
	})
}

// compilesAtStart reports whether a declaration of the package compiles a regular expression outside of a
// function.
func compilesAtStart(d ast.Decl) bool {
	found := false
	if gen, ok := d.(*ast.GenDecl); ok {
		ast.Inspect(gen, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "MustCompile" {
				found = true
			}
			_, inFunction := n.(*ast.FuncLit)
			return !inFunction
		})
	}
	return found
}
