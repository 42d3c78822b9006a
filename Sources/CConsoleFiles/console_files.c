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

static const unsigned char templates_account_mustache[] = {
#embed "../AssayConsole/Templates/account.mustache"
};

static const unsigned char templates_layout_mustache[] = {
#embed "../AssayConsole/Templates/layout.mustache"
};

static const unsigned char templates_problem_mustache[] = {
#embed "../AssayConsole/Templates/problem.mustache"
};

static const unsigned char templates_setup_mustache[] = {
#embed "../AssayConsole/Templates/setup.mustache"
};

static const unsigned char templates_sign_in_mustache[] = {
#embed "../AssayConsole/Templates/sign-in.mustache"
};

static const unsigned char templates_time_mustache[] = {
#embed "../AssayConsole/Templates/time.mustache"
};

static const struct assay_console_file files[] = {
    {"Static/console.css", static_console_css, sizeof static_console_css},
    {"Static/console.js", static_console_js, sizeof static_console_js},
    {"Templates/account.mustache", templates_account_mustache, sizeof templates_account_mustache},
    {"Templates/layout.mustache", templates_layout_mustache, sizeof templates_layout_mustache},
    {"Templates/problem.mustache", templates_problem_mustache, sizeof templates_problem_mustache},
    {"Templates/setup.mustache", templates_setup_mustache, sizeof templates_setup_mustache},
    {"Templates/sign-in.mustache", templates_sign_in_mustache, sizeof templates_sign_in_mustache},
    {"Templates/time.mustache", templates_time_mustache, sizeof templates_time_mustache},
};

size_t assay_console_file_count(void) { return sizeof files / sizeof files[0]; }

struct assay_console_file assay_console_file_at(size_t index) {
    struct assay_console_file none = {0, 0, 0};
    return index < assay_console_file_count() ? files[index] : none;
}
