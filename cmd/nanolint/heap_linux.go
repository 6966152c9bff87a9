package main

import (
	"runtime"
	"syscall"
	"unsafe"
)

// growInHugePages has the heap grow into memory that the kernel hands out 2 MB at a time, if it can: for a heap that grows by
// as much with every edit, single pages cost more than the edit, in a virtual machine many times more. Nothing is
// touched here, so no memory is taken; what the heap never grows into stays with the kernel, unless it is fetched: the
// function that is returned has the kernel hand out the first so many bytes at once.
func growInHugePages(size int) (fetch func(int)) {
	const (
		page          = 2 << 20
		populateWrite = 23 // MADV_POPULATE_WRITE, which package syscall does not know
	)
	room := make([]byte, size+page)
	at := -uintptr(unsafe.Pointer(unsafe.SliceData(room))) % page
	start := uintptr(unsafe.Pointer(&room[at]))
	_ = syscall.Madvise(room[at:][:size], syscall.MADV_HUGEPAGE) // a kernel that has none goes on as before
	runtime.KeepAlive(room)
	runtime.GC() // gives the room to the heap, which keeps it
	return func(first int) {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, start, uintptr(min(first, size)), populateWrite) // likewise
	}
}
