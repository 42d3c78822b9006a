/* File status with the members that Swift's importer renames or hides behind macros. */
#ifndef ASSAY_STAT_H
#define ASSAY_STAT_H

#include <stdint.h>

struct assay_status {
    uint64_t device;
    uint64_t inode;
    uint64_t rdev;
    int64_t size;
    int64_t mtime_sec;
    int64_t ctime_sec;
    uint64_t attributes; /* STATX_ATTR_*, those that the file system has and the file carries */
    uint32_t mtime_nsec;
    uint32_t ctime_nsec;
    uint32_t mode;
    uint32_t uid;
    uint32_t gid;
    uint32_t links;
};

/* Status of name below directory, symbolic links not followed; an empty name means directory itself. 0 or -errno. */
int assay_status_at(int directory, const char *name, struct assay_status *status);

#endif
