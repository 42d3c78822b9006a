#define _GNU_SOURCE
#include "assay_affinity.h"

#include <sched.h>
#include <unistd.h>

int assay_core_count(void)
{
    cpu_set_t set;
    /* Fails on machines with more cores than the set has bits. */
    long count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? (int)count : 1;
}
