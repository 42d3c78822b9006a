#define _GNU_SOURCE
#include "assay_stat.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

static const int flags = AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH;

/* For kernels before 4.11, and for sandboxes that do not know statx(2): no attributes. */
static int old_status(int directory, const char *name, struct assay_status *status)
{
    struct stat s;
    if (fstatat(directory, name, &s, flags) != 0)
        return -errno;
    *status = (struct assay_status){
        .device = s.st_dev,
        .inode = s.st_ino,
        .rdev = s.st_rdev,
        .size = s.st_size,
        .mtime_sec = s.st_mtim.tv_sec,
        .mtime_nsec = (uint32_t)s.st_mtim.tv_nsec,
        .ctime_sec = s.st_ctim.tv_sec,
        .ctime_nsec = (uint32_t)s.st_ctim.tv_nsec,
        .mode = s.st_mode,
        .uid = s.st_uid,
        .gid = s.st_gid,
        .links = (uint32_t)s.st_nlink,
    };
    return 0;
}

int assay_status_at(int directory, const char *name, struct assay_status *status)
{
    struct statx s;
    if (statx(directory, name, flags, STATX_BASIC_STATS, &s) != 0) {
        if (errno == ENOSYS || errno == EPERM)
            return old_status(directory, name, status);
        return -errno;
    }
    *status = (struct assay_status){
        .device = makedev(s.stx_dev_major, s.stx_dev_minor),
        .inode = s.stx_ino,
        .rdev = makedev(s.stx_rdev_major, s.stx_rdev_minor),
        .size = (int64_t)s.stx_size,
        .mtime_sec = s.stx_mtime.tv_sec,
        .mtime_nsec = s.stx_mtime.tv_nsec,
        .ctime_sec = s.stx_ctime.tv_sec,
        .ctime_nsec = s.stx_ctime.tv_nsec,
        .attributes = s.stx_attributes & s.stx_attributes_mask,
        .mode = s.stx_mode,
        .uid = s.stx_uid,
        .gid = s.stx_gid,
        .links = s.stx_nlink,
    };
    return 0;
}
