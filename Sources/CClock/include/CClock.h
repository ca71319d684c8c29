#pragma once

#include <stdbool.h>
#include <sys/timex.h>

/// Whether the kernel holds the wall clock to be disciplined (adjtimex(2)); true where it does not say.
static inline bool cclock_is_synchronised(void) {
    struct timex status = {0};
    return adjtimex(&status) != TIME_ERROR;
}
