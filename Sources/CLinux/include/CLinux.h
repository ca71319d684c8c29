#pragma once

/// What of Linux and its C library the Glibc module does not show to Swift.

#include <malloc.h>
#include <stdbool.h>
#include <sys/timex.h>

/// Whether the kernel holds the wall clock to be disciplined (adjtimex(2)); true where it does not say.
static inline bool clinux_clock_is_synchronised(void) {
    struct timex status = {0};
    return adjtimex(&status) != TIME_ERROR;
}

/// Gives memory that is free, but still held by the allocator, back to the system (malloc_trim(3)).
static inline void clinux_return_free_memory(void) { (void)malloc_trim(0); }

/// Has all threads share so many heaps: glibc otherwise gives each its own, and what one frees no other uses
/// (mallopt(3), M_ARENA_MAX). To be called before threads are started.
static inline void clinux_share_heaps(int count) { (void)mallopt(M_ARENA_MAX, count); }

/// What the calling thread is called, as far as fifteen bytes go (prctl(2), PR_SET_NAME).
void clinux_name_thread(const char *name);

/// Makes the calling thread give way to the others of the machine (setpriority(2): on Linux a thread has a niceness of
/// its own).
void clinux_give_way(int niceness);

/// Makes the calling thread run only where no other of the machine wants to (sched_setscheduler(2) of 0 is a thread's own).
void clinux_use_idle_time(void);

/// Gives the calling thread turns of so many nanoseconds: one with short turns begins at once when there is something to
/// do, instead of when a thread with longer turns has finished its own (sched_setattr(2); Linux 6.12, before that without
/// effect).
void clinux_take_short_turns(unsigned long long nanoseconds);
