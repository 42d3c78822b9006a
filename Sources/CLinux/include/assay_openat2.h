/* openat2(2): glibc has no wrapper, and Swift cannot call the variadic syscall(2). */
#ifndef ASSAY_OPENAT2_H
#define ASSAY_OPENAT2_H

#include <stdint.h>

/* O_PATH, which <fcntl.h> hides without _GNU_SOURCE. */
extern const int assay_o_path;

/* Opens path below directory with every symbolic link resolved as if directory were "/".
 * Returns a descriptor, or -errno. -ENOSYS means a kernel before 5.6. */
int assay_open_in_root(int directory, const char *path, uint64_t flags);

/* openat(2) with O_NOFOLLOW | O_CLOEXEC added to flags; -errno on failure. */
int assay_open_nofollow(int directory, const char *name, int flags);

#endif
