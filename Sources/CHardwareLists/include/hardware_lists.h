/* The lists of hwprofiles/lists, compiled in, so that a program works where no file of ours is installed. */
#ifndef ASSAY_HARDWARE_LISTS_H
#define ASSAY_HARDWARE_LISTS_H

#include <stddef.h>

/* One file as it stands in the repository. */
struct assay_hardware_list {
    const char *path; /* below hwprofiles/lists */
    const unsigned char *bytes;
    size_t size;
};

/* Number of lists. */
size_t assay_hardware_list_count(void);

/* The list at an index below the count; a list without a path beyond it. */
struct assay_hardware_list assay_hardware_list_at(size_t index);

#endif
