import ArgumentParser
import AssayAgent
import AssayTerminal

/// How a command prints its result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case table, json
}

/// The `--root` option.
enum RootOption {
    /// Opens a recorded tree, or the live machine when `path` is nil.
    static func open(_ path: String?) throws -> ScanRoot {
        do {
            let root = try ScanRoot(path: path)
            if let path, let folder = root.likelierFolder() {
                let inner = path.hasSuffix("/") ? path + folder : path + "/" + folder
                Terminal.complain(
                    "assay-agent: " + TerminalText.safe("\(path) holds no recorded tree; did you mean \(inner)?"))
            }
            return root
        } catch {
            let name = path == "" ? "''" : ""
            throw ExitStatus.fail(
                ExitStatus.noInput,
                "\(name)\(error). --root names a directory that holds a recorded tree (sys/, proc/, …).")
        }
    }
}
