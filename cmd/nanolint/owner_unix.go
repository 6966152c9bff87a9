//go:build unix

package main

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives a new file the owner, the group and the mode of the one that it replaces, as far as the
// user may: only root can give files away.
func keepOwner(f *os.File, old fs.FileInfo) {
	if s, ok := old.Sys().(*syscall.Stat_t); ok {
		_ = f.Chown(-1, int(s.Gid))
		_ = f.Chown(int(s.Uid), -1)
	}
	_ = f.Chmod(old.Mode().Perm()) // a change of owner may have changed it
}
