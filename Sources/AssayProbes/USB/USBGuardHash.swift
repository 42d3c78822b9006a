internal import AssayModel
internal import FoundationEssentials

/// The device hash of USBGuard rules (`hash "…"`), so that a report can be compared with an existing policy.
package enum USBGuardHash {
    /// Base64 of SHA-256 over product name, vendor id, product id, serial number and every descriptor in order.
    ///
    /// The texts are those of sysfs: names exact, ids as four lower-case digits. bcdDevice of a Linux root hub counts
    /// as zero, because it is the version of the kernel.
    package static func text(name: String, vendor: String, product: String, serial: String, descriptors: [UInt8])
        -> String
    {
        var bytes = Array((name + vendor + product + serial).utf8)
        let body = bytes.count
        bytes += descriptors
        let version = body + USBDeviceDescriptor.deviceVersionOffset
        if vendor == "1d6b", ["0001", "0002", "0003"].contains(product), version + 1 < bytes.count {
            bytes[version] = 0
            bytes[version + 1] = 0
        }
        return Data(ContentDigest.sha256(of: bytes).bytes).base64EncodedString()
    }
}
