#define _GNU_SOURCE
#include "assay_openat2.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

const int assay_o_path = O_PATH;

int assay_open_in_root(int directory, const char *path, uint64_t flags)
{
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = flags | O_CLOEXEC;
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    long descriptor;
    /* EAGAIN: a rename elsewhere raced with ".."; the manual says to try again. */
    for (int attempt = 0; attempt < 8; attempt++) {
        descriptor = syscall(SYS_openat2, directory, path, &how, sizeof how);
        if (descriptor >= 0 || (errno != EAGAIN && errno != EINTR))
            break;
    }
    return descriptor >= 0 ? (int)descriptor : -errno;
}

int assay_open_nofollow(int directory, const char *name, int flags)
{
    int descriptor;
    do
        descriptor = openat(directory, name, flags | O_NOFOLLOW | O_CLOEXEC);
    while (descriptor < 0 && errno == EINTR);
    return descriptor >= 0 ? descriptor : -errno;
}
