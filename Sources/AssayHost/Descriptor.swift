internal import CLinux
internal import Glibc

/// An open file descriptor that is closed when its owner lets go of it.
package struct Descriptor: ~Copyable, Sendable {
    /// The number the kernel knows it by; valid while this value lives.
    package let number: Int32
    /// Path below the root, for messages.
    package let path: String

    /// Takes over an open descriptor.
    package init(owning number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit { close(number) }

    /// Status of the open file.
    package func status() throws(HostFailure) -> FileStatus {
        var status = assay_status()
        let result = assay_status_at(number, "", &status)
        guard result == 0 else {
            throw HostFailure.from(errorNumber: -result, path: path) ?? HostFailure(.ioError, path: path)
        }
        return FileStatus(status)
    }

    /// Reads until the end, at most `limit` bytes; more is ``HostFailure/Code/tooLarge``.
    package func readAll(limit: Int) throws(HostFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        // sysfs attributes report a size of 4096 whatever they hold, procfs files report 0: grow as the data comes.
        var capacity = min(limit, 4096) + 1
        while true {
            let start = bytes.count
            let failure = append(to: &bytes, count: capacity - start)
            if let failure { throw failure }
            if bytes.count == start { return bytes }
            if bytes.count > limit { throw HostFailure(.tooLarge, path: path) }
            if bytes.count == capacity { capacity = min(limit + 1, capacity * 4) }
        }
    }

    /// Reads at most `count` bytes at `offset`; fewer only at the end of the file.
    package func read(count: Int, at offset: Int64) throws(HostFailure) -> [UInt8] {
        var failure: HostFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: max(0, count)) { buffer, filled in
            while filled < buffer.count, let base = buffer.baseAddress {
                let got = pread(number, base + filled, buffer.count - filled, Int(offset) + filled)
                if got > 0 {
                    filled += got
                    continue
                }
                if got == 0 { return }
                if errno == EINTR { continue }
                failure = HostFailure.from(errorNumber: errno, path: path) ?? HostFailure(.ioError, path: path)
                return
            }
        }
        if let failure { throw failure }
        return bytes
    }

    private func append(to bytes: inout [UInt8], count: Int) -> HostFailure? {
        var failure: HostFailure?
        let part = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            var got = -1
            repeat { got = Glibc.read(number, buffer.baseAddress, buffer.count) } while got < 0 && errno == EINTR
            if got < 0 {
                failure =
                    HostFailure.from(errorNumber: errno, path: path)
                    ?? HostFailure(.ioError, path: path, errorNumber: errno)
            }
            filled = max(0, got)
        }
        bytes += part
        return failure
    }
}
