#include "hardware_lists.h"

// #embed is C23; the compilers that we build with have it in every mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char clone_signatures_bluetooth[] = {
#embed "../../hwprofiles/lists/clone-signatures/bluetooth.json"
};

static const unsigned char clone_signatures_cellular[] = {
#embed "../../hwprofiles/lists/clone-signatures/cellular.json"
};

static const unsigned char clone_signatures_display[] = {
#embed "../../hwprofiles/lists/clone-signatures/display.json"
};

static const unsigned char clone_signatures_memory[] = {
#embed "../../hwprofiles/lists/clone-signatures/memory.json"
};

static const unsigned char clone_signatures_microcontroller[] = {
#embed "../../hwprofiles/lists/clone-signatures/microcontroller.json"
};

static const unsigned char clone_signatures_network[] = {
#embed "../../hwprofiles/lists/clone-signatures/network.json"
};

static const unsigned char clone_signatures_nvme_ssd[] = {
#embed "../../hwprofiles/lists/clone-signatures/nvme-ssd.json"
};

static const unsigned char clone_signatures_platform[] = {
#embed "../../hwprofiles/lists/clone-signatures/platform.json"
};

static const unsigned char clone_signatures_sd_emmc[] = {
#embed "../../hwprofiles/lists/clone-signatures/sd-emmc.json"
};

static const unsigned char clone_signatures_tpm[] = {
#embed "../../hwprofiles/lists/clone-signatures/tpm.json"
};

static const unsigned char clone_signatures_usb_serial[] = {
#embed "../../hwprofiles/lists/clone-signatures/usb-serial.json"
};

static const unsigned char clone_signatures_usb_shape[] = {
#embed "../../hwprofiles/lists/clone-signatures/usb-shape.json"
};

static const unsigned char jep106[] = {
#embed "../../hwprofiles/lists/jep106.json"
};

static const unsigned char oui[] = {
#embed "../../hwprofiles/lists/oui.json"
};

static const unsigned char restricted_suppliers_dod_1260h[] = {
#embed "../../hwprofiles/lists/restricted-suppliers/dod-1260h.json"
};

static const unsigned char restricted_suppliers_eu_cybersecurity_act_2[] = {
#embed "../../hwprofiles/lists/restricted-suppliers/eu-cybersecurity-act-2.json"
};

static const unsigned char restricted_suppliers_fascsa[] = {
#embed "../../hwprofiles/lists/restricted-suppliers/fascsa.json"
};

static const unsigned char restricted_suppliers_fcc_covered_list[] = {
#embed "../../hwprofiles/lists/restricted-suppliers/fcc-covered-list.json"
};

static const unsigned char restricted_suppliers_kaspersky_us_prohibition[] = {
#embed "../../hwprofiles/lists/restricted-suppliers/kaspersky-us-prohibition.json"
};

static const unsigned char restricted_suppliers_ndaa_5949[] = {
#embed "../../hwprofiles/lists/restricted-suppliers/ndaa-5949.json"
};

static const unsigned char restricted_suppliers_ndaa_889[] = {
#embed "../../hwprofiles/lists/restricted-suppliers/ndaa-889.json"
};

static const unsigned char suppliers[] = {
#embed "../../hwprofiles/lists/suppliers.json"
};

#define LIST(path, bytes) {path, bytes, sizeof bytes}

static const struct assay_hardware_list lists[] = {
    LIST("clone-signatures/bluetooth.json", clone_signatures_bluetooth),
    LIST("clone-signatures/cellular.json", clone_signatures_cellular),
    LIST("clone-signatures/display.json", clone_signatures_display),
    LIST("clone-signatures/memory.json", clone_signatures_memory),
    LIST("clone-signatures/microcontroller.json", clone_signatures_microcontroller),
    LIST("clone-signatures/network.json", clone_signatures_network),
    LIST("clone-signatures/nvme-ssd.json", clone_signatures_nvme_ssd),
    LIST("clone-signatures/platform.json", clone_signatures_platform),
    LIST("clone-signatures/sd-emmc.json", clone_signatures_sd_emmc),
    LIST("clone-signatures/tpm.json", clone_signatures_tpm),
    LIST("clone-signatures/usb-serial.json", clone_signatures_usb_serial),
    LIST("clone-signatures/usb-shape.json", clone_signatures_usb_shape),
    LIST("jep106.json", jep106),
    LIST("oui.json", oui),
    LIST("restricted-suppliers/dod-1260h.json", restricted_suppliers_dod_1260h),
    LIST("restricted-suppliers/eu-cybersecurity-act-2.json", restricted_suppliers_eu_cybersecurity_act_2),
    LIST("restricted-suppliers/fascsa.json", restricted_suppliers_fascsa),
    LIST("restricted-suppliers/fcc-covered-list.json", restricted_suppliers_fcc_covered_list),
    LIST("restricted-suppliers/kaspersky-us-prohibition.json", restricted_suppliers_kaspersky_us_prohibition),
    LIST("restricted-suppliers/ndaa-5949.json", restricted_suppliers_ndaa_5949),
    LIST("restricted-suppliers/ndaa-889.json", restricted_suppliers_ndaa_889),
    LIST("suppliers.json", suppliers),
};

size_t assay_hardware_list_count(void) { return sizeof lists / sizeof lists[0]; }

struct assay_hardware_list assay_hardware_list_at(size_t index) {
    struct assay_hardware_list none = {0, 0, 0};
    return index < assay_hardware_list_count() ? lists[index] : none;
}
