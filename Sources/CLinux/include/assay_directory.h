/* Directory listing, file system types and file opening as the walk over a large tree needs them. */
#ifndef ASSAY_DIRECTORY_H
#define ASSAY_DIRECTORY_H

#include <stddef.h>
#include <stdint.h>

/* One entry inside a buffer that assay_list filled. */
struct assay_entry {
    const char *name; /* NUL-terminated, points into the buffer */
    uint64_t inode;
    uint32_t name_length;
    uint8_t type; /* DT_* of readdir(3) */
};

/* Fills buffer with entries of directory; returns the number of bytes, 0 at the end, or -errno. */
long assay_list(int directory, void *buffer, size_t size);

/* Reads the entry at offset *position of the filled bytes and moves *position to the next; 0 when there is none. */
int assay_next_entry(const void *buffer, size_t filled, size_t *position, struct assay_entry *entry);

/* Goes back to the first entry. 0 or -errno. */
int assay_rewind(int directory);

/* Magic number of the file system that descriptor is on (statfs(2)). 0 or -errno. */
int assay_filesystem_type(int descriptor, uint64_t *type);

/* Number of inodes in use on the file system that descriptor is on; 0 where it does not count them. */
uint64_t assay_inodes_in_use(int descriptor);

/* Opens name below directory for reading, with flags added: no link is followed, nothing blocks, no terminal is taken,
 * and the access time is left alone where the kernel allows that to this user. Descriptor or -errno. */
int assay_open_quietly(int directory, const char *name, int flags);

/* Bytes that the open file occupies on its file system, holes not counted; -1 when unknown. */
int64_t assay_allocated_bytes(int descriptor);

/* Whether the byte at offset is in the page cache, found out without any disk access. */
int assay_is_cached(int descriptor, int64_t offset);

#endif
