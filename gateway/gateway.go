// Package gateway reads the programs that the gateway of llm-nano-vm, nano-vm-mcp, keeps in its SQLite file.
//
// It reads, and nothing else: the file is opened read-only, also while the gateway writes to it in WAL mode, and no file
// is made beside it that was not there. It does not know what a program is.
package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// Program is a row of the table programs.
type Program struct {
	ID   string
	Name string // what it was saved as; often empty
	JSON string // as json.dumps of Python wrote it
}

// Query says which programs are read. The zero value is all.
type Query struct {
	Since time.Time // only those saved then or later
	ID    string    // only this one
}

// ErrNoPrograms is returned for a SQLite database without the table.
var ErrNoPrograms = errors.New("this SQLite database has no table programs with the columns id, name and program_json: is it the gateway's (nano_vm_mcp.db)?")

// busyTimeout is how long a writer may keep the file from being read.
const busyTimeout = 5 * time.Second

// headerSize is how much of a file tells what it is.
const headerSize = 20

// IsDatabase reports whether a file is a SQLite database, by its first bytes, whatever its name.
func IsDatabase(path string) bool {
	_, ok := header(path)
	return ok
}

func header(path string) (head []byte, ok bool) {
	// Opening a named pipe waits for somebody who writes to it.
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return nil, false
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	head = make([]byte, headerSize)
	n, _ := f.Read(head) // what cannot be read is none
	return head, n == headerSize && IsDatabaseText(head)
}

// IsDatabaseText reports whether the text of a file is that of a SQLite database.
func IsDatabaseText[T ~string | ~[]byte](text T) bool {
	const magic = "SQLite format 3\x00"
	return len(text) >= len(magic) && string(text[:len(magic)]) == magic
}

// Read reads programs, in the order in which they were saved. The error is that of the context if it has ended.
func Read(ctx context.Context, path string, q Query) ([]Program, error) {
	unshared := isUnshared(path)
	programs, err := read(ctx, path, q, unshared)
	if unshared && !isUnshared(path) { // a writer has come meanwhile
		programs, err = read(ctx, path, q, false)
	}
	if err != nil && ctx.Err() != nil { // SQLite says only that it was interrupted
		err = ctx.Err()
	}
	return programs, err
}

// isUnshared reports whether a database in WAL mode has no write-ahead log: then nobody has it open, and all that
// there is stands in the file. SQLite itself would make two files to read it, and could not in a directory
// that is read-only.
func isUnshared(path string) bool {
	const wal = 2 // the version of the format for reading and writing, in bytes 18 and 19
	head, ok := header(path)
	if !ok || !bytes.Equal(head[18:20], []byte{wal, wal}) {
		return false
	}
	_, err := os.Stat(path + "-wal")
	return errors.Is(err, os.ErrNotExist)
}

func read(ctx context.Context, path string, q Query, immutable bool) (programs []Program, err error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	options := url.Values{"mode": {"ro"}}
	if immutable {
		options.Set("immutable", "1")
	}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(absolute), RawQuery: options.Encode()}
	db, err := sqlite3.OpenFlags(name.String(), sqlite3.OPEN_READONLY|sqlite3.OPEN_URI)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetInterrupt(ctx)
	if err := errors.Join(db.BusyTimeout(busyTimeout), db.Exec("PRAGMA query_only=1")); err != nil {
		return nil, err
	}
	if has, err := hasTable(db); err != nil || !has {
		if err == nil {
			err = ErrNoPrograms
		}
		return nil, err
	}
	// A time that SQLite cannot read does not leave out a program.
	rows, _, err := db.Prepare(`SELECT id, name, program_json FROM programs
		WHERE (?1 = '' OR id = ?1) AND (?2 = '' OR coalesce(datetime(created_at) >= ?2, 1)) ORDER BY created_at, rowid`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if err := errors.Join(rows.BindText(1, q.ID), rows.BindText(2, sinceText(q.Since))); err != nil {
		return nil, err
	}
	for rows.Step() {
		programs = append(programs, Program{rows.ColumnText(0), rows.ColumnText(1), rows.ColumnText(2)})
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(programs) == 0 && q.ID != "" && q.Since.IsZero() {
		return nil, fmt.Errorf("the database holds no program with the id %q", q.ID)
	}
	return programs, nil
}

// sinceText is a time as SQLite's datetime prints it.
func sinceText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateTime)
}

func hasTable(db *sqlite3.Conn) (has bool, err error) {
	columns, _, err := db.Prepare(`SELECT count(*) FROM pragma_table_info('programs')
		WHERE name IN ('id', 'name', 'program_json', 'created_at')`)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, columns.Close()) }()
	return columns.Step() && columns.ColumnInt(0) == 4, columns.Err()
}
