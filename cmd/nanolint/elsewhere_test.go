package main

import (
	"context"
	"path/filepath"
	"testing"
)

// TestInterruptedDatabase interrupts a check before the programs of a database are read.
func TestInterruptedDatabase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nano_vm_mcp.db")
	const statements = `CREATE TABLE programs (id TEXT PRIMARY KEY, name TEXT, program_json TEXT, created_at TEXT);
		INSERT INTO programs VALUES ('a', 'refund', '{"steps": []}', '2026-01-01T10:00:00Z');`
	if err := makeDatabase(path, statements); err != nil {
		t.Fatal(err)
	}
	for _, interrupted := range []bool{false, true} {
		ctx, interrupt := context.WithCancel(context.Background())
		find, err := new(app).finder(ctx, &checkFlags{stdinFormat: &choice{value: "auto"}}, []string{path})
		if err != nil {
			t.Fatal(err)
		}
		if interrupted {
			interrupt()
		}
		read := 0
		for in := range find.all {
			if in.err != nil {
				t.Errorf("interrupted: %t: %v", interrupted, in.err)
			}
			read++
		}
		if want := map[bool]int{false: 1, true: 0}[interrupted]; read != want {
			t.Errorf("interrupted: %t: %d inputs, want %d", interrupted, read, want)
		}
		interrupt()
	}
}
