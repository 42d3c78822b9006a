/* fs-verity: files whose content the kernel checks against a Merkle tree at every read. */
#ifndef ASSAY_VERITY_H
#define ASSAY_VERITY_H

#include <stddef.h>
#include <stdint.h>

/* Fills buffer with a struct fsverity_digest of the open file: two bytes each of algorithm and digest length in the
 * byte order of the machine, then the digest (FS_IOC_MEASURE_VERITY). Returns the number of bytes, or -errno. */
long assay_measure_verity(int descriptor, void *buffer, size_t size);

#endif
