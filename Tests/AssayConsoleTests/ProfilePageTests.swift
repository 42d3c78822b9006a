import AssayConsole
import Testing

/// Pages of what is expected.
struct ProfilePageTests {}
