internal import AssayHost
internal import Glibc

/// Carries commands to a module and its responses back, one at a time.
protocol TPMTransport {
    /// Sends a whole command and returns the whole response.
    func transmit(_ command: [UInt8]) throws(HostFailure) -> [UInt8]
}

/// The kernel's resource manager for a module: `/dev/tpmrm<number>`.
///
/// Unlike `/dev/tpm<number>` it can be open more than once, and it keeps the objects of its users apart.
final class TPMDeviceNode: TPMTransport {
    /// `TPM_BUFSIZE` of the kernel.
    private static let responseLimit = 4096
    /// Longest wait for a response: commands that read take a fraction of a second, a self-test before them some seconds.
    private static let patience: Int32 = 8000

    private let node: Descriptor

    /// Opens the node; nil when it is not there.
    init?(_ path: String, in root: HostRoot) throws(HostFailure) {
        guard let node = try root.openDevice(path) else { return nil }
        self.node = node
    }

    func transmit(_ command: [UInt8]) throws(HostFailure) -> [UInt8] {
        // The driver takes a command with one write, or not at all.
        let written = command.withUnsafeBytes { write(node.number, $0.baseAddress, $0.count) }
        guard written == command.count else { throw failure(written < 0 ? errno : EIO) }
        var request = pollfd(fd: node.number, events: Int16(POLLIN), revents: 0)
        var ready: Int32 = -1
        repeat { ready = poll(&request, 1, Self.patience) } while ready < 0 && errno == EINTR
        guard ready > 0 else { throw failure(ready == 0 ? ETIMEDOUT : errno) }
        var count = -1
        let response = [UInt8](unsafeUninitializedCapacity: Self.responseLimit) { buffer, filled in
            count = read(node.number, buffer.baseAddress, buffer.count)
            filled = max(0, count)
        }
        guard count >= 0 else { throw failure(errno) }
        return response
    }

    private func failure(_ number: Int32) -> HostFailure {
        HostFailure.from(errorNumber: number, path: node.path)
            ?? HostFailure(.ioError, path: node.path, errorNumber: number)
    }
}
