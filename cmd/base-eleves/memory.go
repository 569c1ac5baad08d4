package main

import (
	"os"
	"runtime/debug"
)

// What lives in memory is a few megabytes, so that by default it is swept hundreds of times a second under load. A page
// costs a tenth less with a larger heap; the limit is for the log-ins, which take 19 MiB each: the whole must stay
// under the 150 MiB of design.md §8.
const (
	heapGrowth  = 400 // percent
	memoryLimit = 96 << 20
)

// tuneMemory leaves the last word to the environment, as the runtime does.
func tuneMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}
