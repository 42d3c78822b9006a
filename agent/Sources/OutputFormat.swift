import ArgumentParser
import AssayAgent

/// How a command prints its result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json
}

/// The `--root` option.
enum RootOption {
    /// Opens a recorded tree, or the live machine when `path` is nil.
    static func open(_ path: String?) throws -> ScanRoot {
        do {
            return try ScanRoot(path: path)
        } catch {
            throw ExitStatus.fail(
                ExitStatus.noInput, "\(error). --root names a directory that holds a recorded tree (sys/, proc/, …).")
        }
    }
}
