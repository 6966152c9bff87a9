package gateway

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	_ "github.com/ncruces/go-sqlite3/driver" // of the writer
)

// schema is the table as nano-vm-mcp 0.4.5 makes it.
const schema = `CREATE TABLE IF NOT EXISTS programs (
	id           TEXT PRIMARY KEY,
	name         TEXT NOT NULL DEFAULT '',
	program_json TEXT NOT NULL,
	created_at   TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
);`

// newDatabase makes a gateway's database with three programs and returns the connection that wrote them.
func newDatabase(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	exec(t, db, "PRAGMA journal_mode=WAL", schema,
		`INSERT INTO programs VALUES ('a', 'refund', '{"steps": []}', '2026-01-01T10:00:00Z')`,
		`INSERT INTO programs VALUES ('b', '', '{}', '2026-02-01T10:00:00Z')`,
		`INSERT INTO programs VALUES ('c', 'odd', '{"name": "ü"}', 'yesterday')`)
	return db
}

func exec(t *testing.T, db *sql.DB, statements ...string) {
	t.Helper()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}

func ids(programs []Program) (all []string) {
	for _, p := range programs {
		all = append(all, p.ID)
	}
	return all
}

func TestReadWhileAWriterHoldsTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?#%.db")
	db := newDatabase(t, "file:"+filepath.ToSlash(filepath.Dir(path))+"/a%20b%3f%23%25.db")
	exec(t, db, "BEGIN IMMEDIATE", `INSERT INTO programs VALUES ('d', '', '{}', '2026-03-01T10:00:00Z')`)
	programs, err := Read(context.Background(), path, Query{})
	if err != nil || !slices.Equal(ids(programs), []string{"a", "b", "c"}) {
		t.Errorf("during a transaction: %v, %v", programs, err)
	}
	if programs[0] != (Program{"a", "refund", `{"steps": []}`}) || programs[2].JSON != `{"name": "ü"}` {
		t.Errorf("%q", programs)
	}
	exec(t, db, "COMMIT")
	programs, err = Read(context.Background(), path, Query{})
	if err != nil || !slices.Equal(ids(programs), []string{"a", "b", "d", "c"}) {
		t.Errorf("behind it, out of the log: %v, %v", ids(programs), err)
	}
}

// TestInterrupt reads what a writer keeps from being read, which would wait for it.
func TestInterrupt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nano_vm_mcp.db")
	db := newDatabase(t, path)
	exec(t, db, "PRAGMA journal_mode=DELETE", "BEGIN EXCLUSIVE")
	ctx, interrupt := context.WithCancel(context.Background())
	interrupt()
	if programs, err := Read(ctx, path, Query{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", programs, err)
	}
}

func TestQuery(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nano_vm_mcp.db")
	newDatabase(t, path)
	at := func(text string) time.Time {
		v, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		query Query
		want  []string
	}{
		{Query{}, []string{"a", "b", "c"}},
		{Query{ID: "b"}, []string{"b"}},
		{Query{Since: at("2026-02-01T10:00:00Z")}, []string{"b", "c"}},
		{Query{Since: at("2026-02-01T12:00:00+02:00")}, []string{"b", "c"}},
		{Query{Since: at("2026-02-01T10:00:01Z")}, []string{"c"}},
		{Query{Since: at("2026-02-01T10:00:00Z"), ID: "a"}, nil},
	} {
		programs, err := Read(context.Background(), path, c.query)
		if err != nil || !slices.Equal(ids(programs), c.want) {
			t.Errorf("%+v: %v, %v", c.query, ids(programs), err)
		}
	}
	if _, err := Read(context.Background(), path, Query{ID: "z"}); err == nil {
		t.Error("an id that there is not is no mistake")
	}
}

// TestNothingIsWritten reads a database that nobody has open, in a directory that nothing may be made in.
func TestNothingIsWritten(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "nano_vm_mcp.db")
	if err := newDatabase(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	if programs, err := Read(context.Background(), path, Query{}); err != nil || len(programs) != 3 {
		t.Errorf("%v, %v", programs, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("files beside the database: %v, %v", entries, err)
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the database has changed: %v", err)
	}
}

func TestOtherFiles(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	db, err := sql.Open("sqlite3", other)
	if err != nil {
		t.Fatal(err)
	}
	exec(t, db, "CREATE TABLE programs (id TEXT, title TEXT)")
	_ = db.Close()
	if _, err := Read(context.Background(), other, Query{}); !errors.Is(err, ErrNoPrograms) {
		t.Errorf("another database: %v", err)
	}
	cut := filepath.Join(dir, "cut.db")
	if err := os.WriteFile(cut, []byte("SQLite format 3\x00\x10\x00\x01\x01 and no more"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(context.Background(), cut, Query{}); err == nil || errors.Is(err, ErrNoPrograms) {
		t.Errorf("a broken database: %v", err)
	}
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, []byte("SQLite"), 0o600); err != nil {
		t.Fatal(err)
	}
	if IsDatabase(text) || IsDatabase(dir) || IsDatabase(filepath.Join(dir, "absent")) || !IsDatabase(cut) {
		t.Error("told by the first bytes")
	}
}
