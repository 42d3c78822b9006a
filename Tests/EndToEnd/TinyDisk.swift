import Foundation

/// A file system in memory that is soon full; unmounted when the value goes away.
final class TinyDisk {
    /// Whether this user may mount one.
    static let isPermitted = (try? TinyDisk(size: 1 << 20)) != nil

    let path: String
    private let folder: TemporaryFolder

    init(size: Int) throws {
        folder = try TemporaryFolder()
        path = folder.path("disk")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let result = try Programs.run(
            URL(filePath: "/bin/mount"), ["-t", "tmpfs", "-o", "size=\(size),mode=700", "tmpfs", path])
        guard result.status == 0 else { throw CommandFailed(arguments: ["mount"], result: result) }
    }

    deinit {
        // Lazily: a program that was killed may not have let go of it yet.
        _ = try? Programs.run(URL(filePath: "/bin/umount"), ["--lazy", path])
    }

    /// Takes all space but `rest` bytes.
    func fill(leaving rest: Int = 0) throws {
        let file = try handle()
        defer { close(file) }
        let piece = [UInt8](repeating: 1, count: 4096)
        while write(file, piece, piece.count) == piece.count {}
        let size = lseek(file, 0, SEEK_END)
        guard ftruncate(file, max(0, size - off_t(rest))) == 0 else { throw POSIXError(.EIO) }
    }

    /// Gives the space back.
    func free() throws { try FileManager.default.removeItem(atPath: path + "/ballast") }

    private func handle() throws -> Int32 {
        let file = open(path + "/ballast", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard file >= 0 else { throw POSIXError(.EIO) }
        return file
    }
}
