/* The templates, the style sheet and the script of the console, compiled in, so that a program needs no file beside it. */
#ifndef ASSAY_CONSOLE_FILES_H
#define ASSAY_CONSOLE_FILES_H

#include <stddef.h>

/* One file as it stands in the repository. */
struct assay_console_file {
    const char *name; /* below Sources/AssayConsole */
    const unsigned char *bytes;
    size_t size;
};

/* Number of files. */
size_t assay_console_file_count(void);

/* The file at an index below the count; a file without a name beyond it. */
struct assay_console_file assay_console_file_at(size_t index);

#endif
