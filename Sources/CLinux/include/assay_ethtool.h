/* ETHTOOL_GDRVINFO and ETHTOOL_GPERMADDR: the request structures hide behind ifreq's unions. Both need no privilege. */
#ifndef ASSAY_ETHTOOL_H
#define ASSAY_ETHTOOL_H

#include <stdint.h>

struct assay_driver_info {
    char driver[33];
    char version[33];
    char firmware[33];
    char bus[33];
};

/* Driver and firmware of the interface called name. 0 or -errno. */
int assay_ethtool_driver_info(const char *name, struct assay_driver_info *info);

/* Permanent hardware address of the interface called name into address, which has capacity bytes.
 * The number of bytes, or -errno. */
int assay_ethtool_permanent_address(const char *name, uint8_t *address, uint32_t capacity);

#endif
