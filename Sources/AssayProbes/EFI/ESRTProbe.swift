internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// Reads the EFI System Resource Table: the versions of firmware that can be updated by capsule (UEFI 2.10, 23.4).
package struct ESRTProbe: Probe {
    private static let folder = "/sys/firmware/efi/esrt/entries"

    /// What is read.
    package static let descriptor = ProbeDescriptor(
        id: "efi/esrt", summary: "Firmware versions in the EFI System Resource Table.",
        accesses: [
            .init(folder + "/entry*/*", .readSearch, loses: "versions of firmware that is updated by capsule")
        ])

    /// A probe without state.
    package init() {}

    /// Reads the entries below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        var seen: [String: Int] = [:]
        for name in reader.devices(Self.folder, where: { DevicePath.isNumbered($0, "entry") }) {
            let path = Self.folder + "/" + name
            guard let text = reader.word(path + "/fw_class")?.lowercased() else {
                // Kernels that deny one entry deny them all.
                if reader.output.gaps.last?.kind == .denied { break }
                continue
            }
            guard Self.isGUID(text) else {
                reader.note(path + "/fw_class", .malformed, "no GUID")
                continue
            }
            seen[text, default: 0] += 1
            let suffix = seen[text] == 1 ? "" : ".\(seen[text] ?? 0)"
            var entry = Component(
                .firmware, at: "fw/esrt/\(text)\(suffix)", evidence: reader.evidence(path, .reported))
            Self.fill(&entry, path, &reader)
            reader.output.firmware.append(entry)
        }
        return reader.output
    }

    private static func fill(_ entry: inout Component, _ path: String, _ reader: inout SysfsReader) {
        entry.firmwareVersion = decimal(path + "/fw_version", &reader)
        entry.properties["lowestSupportedVersion"] = decimal(path + "/lowest_supported_fw_version", &reader)
        entry.properties["lastAttemptVersion"] = decimal(path + "/last_attempt_version", &reader)
        entry.properties["lastAttemptStatus"] = decimal(path + "/last_attempt_status", &reader)
        entry.properties["type"] = decimal(path + "/fw_type", &reader).map { type in
            ["1": "system", "2": "device", "3": "uefi-driver"][type] ?? type
        }
        entry.setID("capsuleFlags", reader.word(path + "/capsule_flags"))
    }

    /// A 32-bit number as decimal text; anything else is a gap.
    private static func decimal(_ path: String, _ reader: inout SysfsReader) -> String? {
        guard let word = reader.word(path) else { return nil }
        guard let number = SysfsReader.number(in: word).flatMap({ UInt32(exactly: $0) }) else {
            reader.note(path, .malformed, "no 32-bit number")
            return nil
        }
        return String(number)
    }

    private static func isGUID(_ text: String) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12] && Hex.bytes(groups.joined()) != nil
    }
}
