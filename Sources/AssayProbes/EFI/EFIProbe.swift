internal import AssayBytes
internal import AssayHost
internal import AssayModel

/// Reads what the firmware enforces and starts: Secure Boot state, signature databases and boot options.
package struct EFIProbe: Probe {
    /// What is read.
    package static let descriptor = ProbeDescriptor(
        id: "efi/variables", summary: "Secure Boot state, signature databases and boot options in UEFI variables.",
        accesses: [
            .init(EFIVariables.folder + "/*", loses: "Secure Boot state where efivarfs is not mounted"),
            .init(
                EFIVariables.machineOwnerFolder + "/*", .readSearch,
                loses: "machine owner keys where they are not in efivarfs"),
        ])

    /// A probe without state.
    package init() {}

    /// Reads the variables below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        reader.output.boot.firmwareType = Self.firmwareType(reader)
        guard let type = reader.output.boot.firmwareType else {
            // A recorded tree may simply not hold it; on the machine itself silence would pass for an answer.
            if context.root.isLive {
                reader.note(
                    "/sys/firmware/efi", .absent,
                    "not booted through UEFI, or efivarfs is not available: Secure Boot cannot be told")
            }
            return reader.output
        }
        guard type == "uefi" else { return reader.output }
        var variables = EFIVariables(reader)
        let boot = BootVariables(&variables)
        reader = variables.reader
        reader.output.boot.secureBoot = boot.secureBoot
        reader.output.boot.setupMode = boot.setupMode
        reader.output.boot.signatureDatabases = boot.databases.isEmpty ? nil : boot.databases
        reader.output.boot.variables = boot.digests.isEmpty ? nil : boot.digests
        reader.output.boot.loader = boot.loader.isEmpty ? nil : boot.loader
        return reader.output
    }

    /// How the firmware handed over; nil where nothing shows it.
    private static func firmwareType(_ reader: SysfsReader) -> String? {
        if reader.exists("/sys/firmware/efi") { return "uefi" }
        if reader.exists("/sys/firmware/devicetree/base") || reader.exists("/proc/device-tree") { return "devicetree" }
        // Without UEFI the kernel finds SMBIOS tables only where a PC BIOS puts them; ACPI alone says nothing.
        return reader.exists("/sys/firmware/dmi/tables") ? "bios" : nil
    }
}

/// What the boot variables say.
private struct BootVariables {
    private static let global = "8be4df61-93ca-11d2-aa0d-00e098032b8c"
    private static let imageSecurity = "d719b2cb-3d3a-4596-a3bc-dad00e67656f"
    private static let shim = "605dab50-e046-4300-abb6-3dd810dd8b23"
    private static let loaderInterface = "4a67b082-0a4c-41cf-b6c7-440b29bb8c4f"

    var secureBoot: Bool?
    var setupMode: Bool?
    var databases: [BootState.SignatureDatabase] = []
    var digests: [String: ContentDigest] = [:]
    var loader: [String: String] = [:]

    init(_ variables: inout EFIVariables) {
        secureBoot = Self.flag("SecureBoot", &variables)
        setupMode = Self.flag("SetupMode", &variables)
        for variable in variables.all {
            switch (variable.guid, variable.name) {
            case (Self.global, "PK"), (Self.global, "KEK"),
                (Self.imageSecurity, "db"), (Self.imageSecurity, "dbx"), (Self.imageSecurity, "dbt"),
                (Self.imageSecurity, "dbr"):
                addDatabase(variable, &variables)
            case (Self.shim, let name) where name.hasPrefix("MokList"):
                addDatabase(variable, &variables)
            case (Self.global, "AuditMode"), (Self.global, "DeployedMode"), (Self.global, "BootOrder"),
                (Self.global, "BootCurrent"), (Self.global, "OsIndications"), (Self.shim, "SbatLevelRT"):
                if let content = variables.content(variable) { digests[variable.name] = .sha256(of: content) }
            case (Self.global, let name) where Self.isBootOption(name):
                if let content = variables.content(variable) { digests[name] = .sha256(of: content) }
            case (Self.loaderInterface, "LoaderInfo"), (Self.loaderInterface, "LoaderFirmwareInfo"),
                (Self.loaderInterface, "StubInfo"):
                loader[variable.name] = variables.content(variable).flatMap(Self.text)
            default: break
            }
        }
        loader["BootCurrent"] = Self.currentOption(&variables)
        databases.sort { $0.name < $1.name }
    }

    private mutating func addDatabase(_ variable: EFIVariables.Variable, _ variables: inout EFIVariables) {
        // shim says whether the list is trusted with a variable of one byte that carries a list's name.
        guard variable.name != "MokListTrustedRT", let content = variables.content(variable) else { return }
        let database = EFISignatureDatabase(parsing: content.span.bytes)
        if let failure = database.failure { variables.reader.note(variable.path, .malformed, "\(failure)") }
        databases.append(database.summary(name: variable.name, content: content))
    }

    private static func flag(_ name: String, _ variables: inout EFIVariables) -> Bool? {
        guard let variable = variables.all.first(where: { $0.name == name && $0.guid == global }),
            let content = variables.content(variable)
        else { return nil }
        switch content {
        case [0]: return false
        case [1]: return true
        default:
            variables.reader.note(variable.path, .malformed, "\(name) is not one byte of value 0 or 1")
            return nil
        }
    }

    /// Number and description of the option that was started.
    private static func currentOption(_ variables: inout EFIVariables) -> String? {
        guard let current = variables.all.first(where: { $0.name == "BootCurrent" && $0.guid == global }),
            let number = variables.content(current), number.count == 2
        else { return nil }
        let name = "Boot" + Hex.string(UInt16(number[1]) << 8 | UInt16(number[0])).uppercased()
        guard let option = variables.all.first(where: { $0.name == name && $0.guid == global }),
            let content = variables.content(option)
        else { return name }
        do throws(ParseFailure) {
            let text = DeviceText.normalize(try EFILoadOption(parsing: content.span.bytes).description)
            return text.map { name + " " + $0 } ?? name
        } catch {
            variables.reader.note(option.path, .malformed, "\(error)")
            return name
        }
    }

    /// Whether a name is `Boot` and four upper-case hexadecimal digits (UEFI 2.10, 3.3).
    private static func isBootOption(_ name: String) -> Bool {
        let digits = name.dropFirst(4).utf8
        return name.hasPrefix("Boot") && digits.count == 4
            && digits.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x46).contains($0) }
    }

    private static func text(_ content: [UInt8]) -> String? {
        var units: [UInt16] = []
        for index in stride(from: 0, to: content.count - content.count % 2, by: 2) {
            let unit = UInt16(content[index]) | UInt16(content[index + 1]) << 8
            if unit == 0 { break }
            units.append(unit)
        }
        return DeviceText.normalize(String(decoding: units, as: UTF16.self))
    }
}
