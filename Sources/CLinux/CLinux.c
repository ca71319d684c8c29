#define _GNU_SOURCE

#include "CLinux.h"

#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

void clinux_give_way(int niceness) { (void)setpriority(PRIO_PROCESS, (id_t)gettid(), niceness); }

void clinux_use_idle_time(void) {
    const struct sched_param none = {0};
    (void)sched_setscheduler(0, SCHED_IDLE, &none);
}
