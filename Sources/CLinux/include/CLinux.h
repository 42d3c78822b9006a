#ifndef ASSAY_CLINUX_H
#define ASSAY_CLINUX_H

#include "assay_affinity.h"
#include "assay_directory.h"
#include "assay_ethtool.h"
#include "assay_openat2.h"
#include "assay_stat.h"
#include "assay_verity.h"

#endif
