#pragma once

/// Counts what a program takes from the heap: linked into an executable, its malloc and the like stand before the C
/// library's, for the program's own code and for every library it loads.

#include <stdint.h>

/// Allocations of the calling thread so far.
uint64_t callocations_count(void);
