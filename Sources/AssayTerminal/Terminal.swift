internal import Glibc

/// What is at the other end of a standard stream.
public enum Terminal {
    /// Whether people read standard output.
    public static var showsOutput: Bool { isatty(STDOUT_FILENO) == 1 }
    /// Whether people read standard error.
    public static var showsErrors: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal on standard output; nil when it is a file or a pipe.
    public static var columns: Int? {
        showsOutput ? columns(of: STDOUT_FILENO) : nil
    }

    /// Columns of the terminal on standard error.
    static var errorColumns: Int { columns(of: STDERR_FILENO) }

    private static func columns(of number: Int32) -> Int {
        var size = winsize()
        guard ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether colours may be used: a terminal that is not dumb, and `NO_COLOR` unset (no-color.org).
    public static var hasColor: Bool {
        guard showsOutput, getenv("NO_COLOR") == nil, let name = getenv("TERM") else { return false }
        return String(cString: name) != "dumb"
    }

    /// Writes text to standard output; a closed pipe ends the program quietly, as it does other tools.
    public static func write(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

    /// Writes a message and a line feed to standard error.
    public static func complain(_ text: String) { write(Array((text + "\n").utf8), to: STDERR_FILENO) }

    static func write(_ bytes: [UInt8], to number: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                return
            }
        }
    }
}
