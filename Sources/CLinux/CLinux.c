#define _GNU_SOURCE

#include "CLinux.h"

#include <sys/resource.h>
#include <unistd.h>

void clinux_give_way(int niceness) { (void)setpriority(PRIO_PROCESS, (id_t)gettid(), niceness); }
