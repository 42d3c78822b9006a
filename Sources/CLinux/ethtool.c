#define _GNU_SOURCE
#include "assay_ethtool.h"

#include <errno.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int request(const char *name, void *data)
{
    struct ifreq req;
    memset(&req, 0, sizeof req);
    if (strlen(name) >= sizeof req.ifr_name)
        return -ENAMETOOLONG;
    strcpy(req.ifr_name, name);
    req.ifr_data = data;
    int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    /* A kernel without IPv4 still answers on another family. */
    if (handle < 0)
        handle = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (handle < 0)
        return -errno;
    int result = ioctl(handle, SIOCETHTOOL, &req) == 0 ? 0 : -errno;
    close(handle);
    return result;
}

static void copy(char target[33], const char source[32])
{
    memcpy(target, source, 32);
    target[32] = 0;
}

int assay_ethtool_driver_info(const char *name, struct assay_driver_info *info)
{
    struct ethtool_drvinfo answer;
    memset(&answer, 0, sizeof answer);
    answer.cmd = ETHTOOL_GDRVINFO;
    int result = request(name, &answer);
    if (result != 0)
        return result;
    copy(info->driver, answer.driver);
    copy(info->version, answer.version);
    copy(info->firmware, answer.fw_version);
    copy(info->bus, answer.bus_info);
    return 0;
}

int assay_ethtool_permanent_address(const char *name, uint8_t *address, uint32_t capacity)
{
    struct {
        struct ethtool_perm_addr head;
        uint8_t bytes[64];
    } answer;
    memset(&answer, 0, sizeof answer);
    answer.head.cmd = ETHTOOL_GPERMADDR;
    answer.head.size = sizeof answer.bytes;
    int result = request(name, &answer);
    if (result != 0)
        return result;
    uint32_t size = answer.head.size;
    if (size > sizeof answer.bytes || size > capacity)
        return -EMSGSIZE;
    memcpy(address, (const uint8_t *)&answer + offsetof(struct ethtool_perm_addr, data), size);
    return (int)size;
}
