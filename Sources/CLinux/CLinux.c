#define _GNU_SOURCE

#include "CLinux.h"

#include <sched.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

void clinux_name_thread(const char *name) { (void)prctl(PR_SET_NAME, name); }

void clinux_give_way(int niceness) { (void)setpriority(PRIO_PROCESS, (id_t)gettid(), niceness); }

void clinux_use_idle_time(void) {
    const struct sched_param none = {0};
    (void)sched_setscheduler(0, SCHED_IDLE, &none);
}

// glibc has neither the two calls nor their structure before 2.41: this is its first version (SCHED_ATTR_SIZE_VER0).
struct attributes {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t niceness;
    uint32_t priority;
    uint64_t runtime;
    uint64_t deadline;
    uint64_t period;
};

void clinux_take_short_turns(unsigned long long nanoseconds) {
    struct attributes own = {0};
    if (syscall(SYS_sched_getattr, 0, &own, sizeof own, 0) != 0 || own.policy != SCHED_OTHER) return;
    own.size = sizeof own;
    // SCHED_FLAG_RESET_ON_FORK: threads that it brings into being are usual ones.
    own.flags = 1;
    own.runtime = nanoseconds;
    (void)syscall(SYS_sched_setattr, 0, &own, 0);
}
