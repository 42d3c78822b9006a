// Made by scripts/console-files.
#include "console_files.h"

// #embed is C23; the compilers that we build with have it in every mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char static_console_css[] = {
#embed "../AssayConsole/Static/console.css"
};

static const unsigned char static_console_js[] = {
#embed "../AssayConsole/Static/console.js"
};

static const unsigned char static_openapi_json[] = {
#embed "../AssayConsole/Static/openapi.json"
};

static const unsigned char templates_account_mustache[] = {
#embed "../AssayConsole/Templates/account.mustache"
};

static const unsigned char templates_audit_mustache[] = {
#embed "../AssayConsole/Templates/audit.mustache"
};

static const unsigned char templates_comparison_mustache[] = {
#embed "../AssayConsole/Templates/comparison.mustache"
};

static const unsigned char templates_device_compare_mustache[] = {
#embed "../AssayConsole/Templates/device-compare.mustache"
};

static const unsigned char templates_device_files_mustache[] = {
#embed "../AssayConsole/Templates/device-files.mustache"
};

static const unsigned char templates_device_head_mustache[] = {
#embed "../AssayConsole/Templates/device-head.mustache"
};

static const unsigned char templates_device_join_mustache[] = {
#embed "../AssayConsole/Templates/device-join.mustache"
};

static const unsigned char templates_device_packages_mustache[] = {
#embed "../AssayConsole/Templates/device-packages.mustache"
};

static const unsigned char templates_device_reports_mustache[] = {
#embed "../AssayConsole/Templates/device-reports.mustache"
};

static const unsigned char templates_device_mustache[] = {
#embed "../AssayConsole/Templates/device.mustache"
};

static const unsigned char templates_devices_mustache[] = {
#embed "../AssayConsole/Templates/devices.mustache"
};

static const unsigned char templates_expected_tabs_mustache[] = {
#embed "../AssayConsole/Templates/expected-tabs.mustache"
};

static const unsigned char templates_fault_table_mustache[] = {
#embed "../AssayConsole/Templates/fault-table.mustache"
};

static const unsigned char templates_finding_rows_mustache[] = {
#embed "../AssayConsole/Templates/finding-rows.mustache"
};

static const unsigned char templates_finding_mustache[] = {
#embed "../AssayConsole/Templates/finding.mustache"
};

static const unsigned char templates_findings_mustache[] = {
#embed "../AssayConsole/Templates/findings.mustache"
};

static const unsigned char templates_gap_rows_mustache[] = {
#embed "../AssayConsole/Templates/gap-rows.mustache"
};

static const unsigned char templates_group_bars_mustache[] = {
#embed "../AssayConsole/Templates/group-bars.mustache"
};

static const unsigned char templates_health_mustache[] = {
#embed "../AssayConsole/Templates/health.mustache"
};

static const unsigned char templates_import_mustache[] = {
#embed "../AssayConsole/Templates/import.mustache"
};

static const unsigned char templates_layout_mustache[] = {
#embed "../AssayConsole/Templates/layout.mustache"
};

static const unsigned char templates_line_mustache[] = {
#embed "../AssayConsole/Templates/line.mustache"
};

static const unsigned char templates_overview_mustache[] = {
#embed "../AssayConsole/Templates/overview.mustache"
};

static const unsigned char templates_part_rows_mustache[] = {
#embed "../AssayConsole/Templates/part-rows.mustache"
};

static const unsigned char templates_people_mustache[] = {
#embed "../AssayConsole/Templates/people.mustache"
};

static const unsigned char templates_plan_form_mustache[] = {
#embed "../AssayConsole/Templates/plan-form.mustache"
};

static const unsigned char templates_plan_mustache[] = {
#embed "../AssayConsole/Templates/plan.mustache"
};

static const unsigned char templates_policy_mustache[] = {
#embed "../AssayConsole/Templates/policy.mustache"
};

static const unsigned char templates_problem_mustache[] = {
#embed "../AssayConsole/Templates/problem.mustache"
};

static const unsigned char templates_profile_mustache[] = {
#embed "../AssayConsole/Templates/profile.mustache"
};

static const unsigned char templates_profiles_mustache[] = {
#embed "../AssayConsole/Templates/profiles.mustache"
};

static const unsigned char templates_record_mustache[] = {
#embed "../AssayConsole/Templates/record.mustache"
};

static const unsigned char templates_records_mustache[] = {
#embed "../AssayConsole/Templates/records.mustache"
};

static const unsigned char templates_revision_table_mustache[] = {
#embed "../AssayConsole/Templates/revision-table.mustache"
};

static const unsigned char templates_search_mustache[] = {
#embed "../AssayConsole/Templates/search.mustache"
};

static const unsigned char templates_section_pages_mustache[] = {
#embed "../AssayConsole/Templates/section-pages.mustache"
};

static const unsigned char templates_settings_places_mustache[] = {
#embed "../AssayConsole/Templates/settings-places.mustache"
};

static const unsigned char templates_settings_mustache[] = {
#embed "../AssayConsole/Templates/settings.mustache"
};

static const unsigned char templates_setup_mustache[] = {
#embed "../AssayConsole/Templates/setup.mustache"
};

static const unsigned char templates_sign_in_mustache[] = {
#embed "../AssayConsole/Templates/sign-in.mustache"
};

static const unsigned char templates_supplier_mustache[] = {
#embed "../AssayConsole/Templates/supplier.mustache"
};

static const unsigned char templates_suppliers_mustache[] = {
#embed "../AssayConsole/Templates/suppliers.mustache"
};

static const unsigned char templates_time_mustache[] = {
#embed "../AssayConsole/Templates/time.mustache"
};

static const unsigned char templates_tokens_mustache[] = {
#embed "../AssayConsole/Templates/tokens.mustache"
};

static const struct assay_console_file files[] = {
    {"Static/console.css", static_console_css, sizeof static_console_css},
    {"Static/console.js", static_console_js, sizeof static_console_js},
    {"Static/openapi.json", static_openapi_json, sizeof static_openapi_json},
    {"Templates/account.mustache", templates_account_mustache, sizeof templates_account_mustache},
    {"Templates/audit.mustache", templates_audit_mustache, sizeof templates_audit_mustache},
    {"Templates/comparison.mustache", templates_comparison_mustache, sizeof templates_comparison_mustache},
    {"Templates/device-compare.mustache", templates_device_compare_mustache, sizeof templates_device_compare_mustache},
    {"Templates/device-files.mustache", templates_device_files_mustache, sizeof templates_device_files_mustache},
    {"Templates/device-head.mustache", templates_device_head_mustache, sizeof templates_device_head_mustache},
    {"Templates/device-join.mustache", templates_device_join_mustache, sizeof templates_device_join_mustache},
    {"Templates/device-packages.mustache", templates_device_packages_mustache, sizeof templates_device_packages_mustache},
    {"Templates/device-reports.mustache", templates_device_reports_mustache, sizeof templates_device_reports_mustache},
    {"Templates/device.mustache", templates_device_mustache, sizeof templates_device_mustache},
    {"Templates/devices.mustache", templates_devices_mustache, sizeof templates_devices_mustache},
    {"Templates/expected-tabs.mustache", templates_expected_tabs_mustache, sizeof templates_expected_tabs_mustache},
    {"Templates/fault-table.mustache", templates_fault_table_mustache, sizeof templates_fault_table_mustache},
    {"Templates/finding-rows.mustache", templates_finding_rows_mustache, sizeof templates_finding_rows_mustache},
    {"Templates/finding.mustache", templates_finding_mustache, sizeof templates_finding_mustache},
    {"Templates/findings.mustache", templates_findings_mustache, sizeof templates_findings_mustache},
    {"Templates/gap-rows.mustache", templates_gap_rows_mustache, sizeof templates_gap_rows_mustache},
    {"Templates/group-bars.mustache", templates_group_bars_mustache, sizeof templates_group_bars_mustache},
    {"Templates/health.mustache", templates_health_mustache, sizeof templates_health_mustache},
    {"Templates/import.mustache", templates_import_mustache, sizeof templates_import_mustache},
    {"Templates/layout.mustache", templates_layout_mustache, sizeof templates_layout_mustache},
    {"Templates/line.mustache", templates_line_mustache, sizeof templates_line_mustache},
    {"Templates/overview.mustache", templates_overview_mustache, sizeof templates_overview_mustache},
    {"Templates/part-rows.mustache", templates_part_rows_mustache, sizeof templates_part_rows_mustache},
    {"Templates/people.mustache", templates_people_mustache, sizeof templates_people_mustache},
    {"Templates/plan-form.mustache", templates_plan_form_mustache, sizeof templates_plan_form_mustache},
    {"Templates/plan.mustache", templates_plan_mustache, sizeof templates_plan_mustache},
    {"Templates/policy.mustache", templates_policy_mustache, sizeof templates_policy_mustache},
    {"Templates/problem.mustache", templates_problem_mustache, sizeof templates_problem_mustache},
    {"Templates/profile.mustache", templates_profile_mustache, sizeof templates_profile_mustache},
    {"Templates/profiles.mustache", templates_profiles_mustache, sizeof templates_profiles_mustache},
    {"Templates/record.mustache", templates_record_mustache, sizeof templates_record_mustache},
    {"Templates/records.mustache", templates_records_mustache, sizeof templates_records_mustache},
    {"Templates/revision-table.mustache", templates_revision_table_mustache, sizeof templates_revision_table_mustache},
    {"Templates/search.mustache", templates_search_mustache, sizeof templates_search_mustache},
    {"Templates/section-pages.mustache", templates_section_pages_mustache, sizeof templates_section_pages_mustache},
    {"Templates/settings-places.mustache", templates_settings_places_mustache, sizeof templates_settings_places_mustache},
    {"Templates/settings.mustache", templates_settings_mustache, sizeof templates_settings_mustache},
    {"Templates/setup.mustache", templates_setup_mustache, sizeof templates_setup_mustache},
    {"Templates/sign-in.mustache", templates_sign_in_mustache, sizeof templates_sign_in_mustache},
    {"Templates/supplier.mustache", templates_supplier_mustache, sizeof templates_supplier_mustache},
    {"Templates/suppliers.mustache", templates_suppliers_mustache, sizeof templates_suppliers_mustache},
    {"Templates/time.mustache", templates_time_mustache, sizeof templates_time_mustache},
    {"Templates/tokens.mustache", templates_tokens_mustache, sizeof templates_tokens_mustache},
};

size_t assay_console_file_count(void) { return sizeof files / sizeof files[0]; }

struct assay_console_file assay_console_file_at(size_t index) {
    struct assay_console_file none = {0, 0, 0};
    return index < assay_console_file_count() ? files[index] : none;
}
