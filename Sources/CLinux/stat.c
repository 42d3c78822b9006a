#define _GNU_SOURCE
#include "assay_stat.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

int assay_status_at(int directory, const char *name, struct assay_status *status)
{
    struct stat s;
    if (fstatat(directory, name, &s, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | AT_EMPTY_PATH) != 0)
        return -errno;
    status->device = s.st_dev;
    status->inode = s.st_ino;
    status->rdev = s.st_rdev;
    status->size = s.st_size;
    status->mtime_sec = s.st_mtim.tv_sec;
    status->mtime_nsec = (uint32_t)s.st_mtim.tv_nsec;
    status->ctime_sec = s.st_ctim.tv_sec;
    status->ctime_nsec = (uint32_t)s.st_ctim.tv_nsec;
    status->mode = s.st_mode;
    status->uid = s.st_uid;
    status->gid = s.st_gid;
    status->links = (uint32_t)s.st_nlink;
    return 0;
}
