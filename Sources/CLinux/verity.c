#include "assay_verity.h"

#include <errno.h>
#include <linux/fsverity.h>
#include <string.h>
#include <sys/ioctl.h>

long assay_measure_verity(int descriptor, void *buffer, size_t size)
{
    /* The longest digest that the kernel knows is SHA-512's. */
    union {
        struct fsverity_digest head;
        unsigned char bytes[sizeof(struct fsverity_digest) + 64];
    } answer = {.head = {.digest_size = 64}};
    if (ioctl(descriptor, FS_IOC_MEASURE_VERITY, &answer) != 0)
        return -errno;
    size_t length = sizeof(answer.head) + answer.head.digest_size;
    if (length > sizeof(answer) || length > size)
        return -EOVERFLOW;
    memcpy(buffer, &answer, length);
    return (long)length;
}
