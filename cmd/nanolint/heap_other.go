//go:build !linux

package main

// growInHugePages is for kernels that can be asked.
func growInHugePages(int) (fetch func(int)) { return func(int) {} }
