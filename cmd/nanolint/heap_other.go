//go:build !linux

package main

// growInHugePages is for kernels that can be asked.
func growInHugePages(int) {}
