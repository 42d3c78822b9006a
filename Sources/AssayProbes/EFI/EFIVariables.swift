internal import AssayHost
internal import AssayModel

/// The UEFI variables that the kernel shows, efivarfs before the table that shim leaves for the kernel.
struct EFIVariables {
    /// One variable that can be read.
    struct Variable {
        var name: String
        var guid: String
        var path: String
        /// Attribute bytes in front of the content: four in efivarfs.
        var attributes: Int
    }

    static let folder = "/sys/firmware/efi/efivars"
    static let machineOwnerFolder = "/sys/firmware/efi/mok-variables"
    /// Largest variable in bytes; firmware rarely allows more than 64 KiB.
    static let limit = 1 << 20

    private static let shim = "605dab50-e046-4300-abb6-3dd810dd8b23"
    private static let guidLength = 36

    /// Collects gaps.
    var reader: SysfsReader
    /// The variables in name order.
    private(set) var all: [Variable] = []

    init(_ reader: SysfsReader) {
        self.reader = reader
        let names = self.reader.names(Self.folder)
        if names.isEmpty, self.reader.output.gaps.isEmpty { noteAbsence() }
        for name in names {
            guard name.count > Self.guidLength + 1, name.dropLast(Self.guidLength).last == "-" else { continue }
            all.append(
                Variable(
                    name: String(name.dropLast(Self.guidLength + 1)),
                    guid: name.suffix(Self.guidLength).lowercased(), path: Self.folder + "/" + name, attributes: 4))
        }
        for name in self.reader.names(Self.machineOwnerFolder)
        where !all.contains(where: { $0.name == name && $0.guid == Self.shim }) {
            all.append(
                Variable(name: name, guid: Self.shim, path: Self.machineOwnerFolder + "/" + name, attributes: 0))
        }
    }

    /// Content of a variable without its attributes; nil when it cannot be read or was never written.
    mutating func content(_ variable: Variable) -> [UInt8]? {
        guard let bytes = reader.bytes(variable.path, limit: Self.limit), !bytes.isEmpty else { return nil }
        guard bytes.count >= variable.attributes else {
            reader.note(variable.path, .malformed, "shorter than its four attribute bytes")
            return nil
        }
        return Array(bytes.dropFirst(variable.attributes))
    }

    private mutating func noteAbsence() {
        if reader.exists(Self.folder) {
            reader.note(Self.folder, .absent, "efivarfs is not mounted; mounting it shows the Secure Boot state")
        } else {
            reader.note(
                Self.folder, .unsupported, "this kernel uses no UEFI runtime services, so no variable can be read")
        }
    }
}
