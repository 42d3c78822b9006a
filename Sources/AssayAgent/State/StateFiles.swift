/// The few file operations that the agent's state is made of, so that a test can stop between any two of them.
package protocol StateFiles: Sendable {
    /// Creates a directory for the agent alone; one that is there stays as it is.
    func makeDirectory(_ path: String) throws(StateFailure)
    /// Names in a directory in byte order; empty when there is none.
    func list(_ path: String) throws(StateFailure) -> [String]
    /// Content of a file of at most `limit` bytes; nil when it is not there.
    func read(_ path: String, limit: Int) throws(StateFailure) -> [UInt8]?
    /// Size of a file; nil when it is not there.
    func size(_ path: String) throws(StateFailure) -> Int?
    /// Creates or empties a file, fills it and waits until the bytes are on the medium.
    func write(_ bytes: [UInt8], to path: String) throws(StateFailure)
    /// Gives a file another name, replacing what had it.
    func rename(_ path: String, to target: String) throws(StateFailure)
    /// Removes a file; one that is not there is no failure.
    func remove(_ path: String) throws(StateFailure)
    /// Waits until the names in a directory are on the medium.
    func synchronize(directory path: String) throws(StateFailure)
}

extension StateFiles {
    /// Replaces a file so that, whenever the machine stops, either the old or the new content is there in full.
    package func replace(_ path: String, with bytes: [UInt8]) throws(StateFailure) {
        let temporary = path + ".tmp"
        try write(bytes, to: temporary)
        try rename(temporary, to: path)
        try synchronize(directory: StatePath.parent(of: path))
    }
}

/// Paths as text.
enum StatePath {
    /// The directory that holds `path`.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
