internal import AssayHost
internal import Glibc

/// The state's files on a real file system; every file is readable by the agent alone.
package struct PosixStateFiles: StateFiles {
    /// Uses the file system.
    package init() {}

    package func makeDirectory(_ path: String) throws(StateFailure) {
        guard mkdir(path, 0o700) != 0 else { return }
        switch errno {
        case EEXIST: return
        case ENOENT where path.count > 1:
            try makeDirectory(StatePath.parent(of: path))
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
                throw StateFailure(errorNumber: errno, path: path)
            }
        default: throw StateFailure(errorNumber: errno, path: path)
        }
    }

    package func list(_ path: String) throws(StateFailure) -> [String] {
        guard let stream = opendir(path) else {
            if errno == ENOENT { return [] }
            throw StateFailure(errorNumber: errno, path: path)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    package func read(_ path: String, limit: Int) throws(StateFailure) -> [UInt8]? {
        let number = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard number >= 0 else {
            if errno == ENOENT { return nil }
            throw StateFailure(errorNumber: errno, path: path)
        }
        let file = Descriptor(owning: number, path: path)
        do { return try file.readAll(limit: limit) } catch {
            throw StateFailure(error.code == .tooLarge ? .damaged : .ioError, path: path, "\(error)")
        }
    }

    package func size(_ path: String) throws(StateFailure) -> Int? {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw StateFailure(errorNumber: errno, path: path)
        }
        return Int(status.st_size)
    }

    package func write(_ bytes: [UInt8], to path: String) throws(StateFailure) {
        let file = try StateFile(creating: path)
        do {
            try file.append(bytes)
            try file.synchronize()
        } catch {
            // A half-written file is of no use and may be what fills the disk.
            unlink(path)
            throw error
        }
    }

    package func rename(_ path: String, to target: String) throws(StateFailure) {
        guard Glibc.rename(path, target) == 0 else { throw StateFailure(errorNumber: errno, path: target) }
    }

    package func remove(_ path: String) throws(StateFailure) {
        guard unlink(path) != 0, errno != ENOENT else { return }
        throw StateFailure(errorNumber: errno, path: path)
    }

    package func synchronize(directory path: String) throws(StateFailure) {
        let number = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw StateFailure(errorNumber: errno, path: path) }
        defer { close(number) }
        // Some file systems cannot synchronise a directory and say EINVAL.
        guard fsync(number) == 0 || errno == EINVAL else { throw StateFailure(errorNumber: errno, path: path) }
    }
}
