/* sched_getaffinity(2), whose macros Swift cannot import. */
#ifndef ASSAY_AFFINITY_H
#define ASSAY_AFFINITY_H

/* Number of cores that this process may run on; at least 1. */
int assay_core_count(void);

#endif
