#define _GNU_SOURCE
#include "assay_directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

/* struct linux_dirent64 of getdents64(2), which no header declares. */
struct directory_record {
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    uint8_t type;
    char name[];
};

long assay_list(int directory, void *buffer, size_t size)
{
    long filled = syscall(SYS_getdents64, directory, buffer, size);
    return filled >= 0 ? filled : -errno;
}

int assay_next_entry(const void *buffer, size_t filled, size_t *position, struct assay_entry *entry)
{
    const size_t head = offsetof(struct directory_record, name);
    if (*position > filled || filled - *position < head)
        return 0;
    const struct directory_record *record = (const void *)((const char *)buffer + *position);
    if (record->length <= head || record->length > filled - *position)
        return 0;
    entry->name = record->name;
    entry->name_length = (uint32_t)strnlen(record->name, record->length - head);
    if (entry->name_length == record->length - head)
        return 0;
    entry->inode = record->inode;
    entry->type = record->type;
    *position += record->length;
    return 1;
}

int assay_rewind(int directory)
{
    return lseek(directory, 0, SEEK_SET) == 0 ? 0 : -errno;
}

int assay_filesystem_type(int descriptor, uint64_t *type)
{
    struct statfs status;
    if (fstatfs(descriptor, &status) != 0)
        return -errno;
    /* f_type is signed and of different width between architectures; magic numbers have 32 bits. */
    *type = (uint32_t)status.f_type;
    return 0;
}

uint64_t assay_inodes_in_use(int descriptor)
{
    struct statfs status;
    if (fstatfs(descriptor, &status) != 0 || status.f_files < status.f_ffree)
        return 0;
    return status.f_files - status.f_ffree;
}

int assay_open_quietly(int directory, const char *name, int flags)
{
    flags |= O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    for (;;) {
        int descriptor = openat(directory, name, flags | O_NOATIME);
        /* O_NOATIME is for the owner and CAP_FOWNER alone. */
        if (descriptor < 0 && errno == EPERM)
            descriptor = openat(directory, name, flags);
        if (descriptor >= 0)
            return descriptor;
        if (errno != EINTR)
            return -errno;
    }
}

int64_t assay_allocated_bytes(int descriptor)
{
    struct stat status;
    return fstat(descriptor, &status) == 0 ? (int64_t)status.st_blocks * 512 : -1;
}

int assay_is_cached(int descriptor, int64_t offset)
{
    char byte;
    struct iovec part = {&byte, 1};
    return preadv2(descriptor, &part, 1, offset, RWF_NOWAIT) == 1;
}
