package import AssayModel

/// The forms in which records come.
package enum RecordForm: String, Sendable, Hashable, CaseIterable {
    /// Our own JSON.
    case json
    /// A table with a column map.
    case csv
    /// paccor's component JSON.
    case paccor
    /// TCG platform certificates in PEM or DER.
    case certificate
    /// A CycloneDX hardware bill of materials.
    case cyclonedx
    /// GS1 EPCIS 2.0 events in JSON-LD.
    case epcis

    /// Recognises a form by its content; nil when it is none.
    ///
    /// What begins as JSON and is none fails with its place.
    package static func detect(_ bytes: [UInt8]) throws(RecordFailure) -> RecordForm? {
        if PEMBlock.isPEM(Array(bytes.prefix(4096))) { return .certificate }
        // A sequence whose length takes two octets, as every certificate's does.
        if bytes.starts(with: [0x30, 0x82]) { return .certificate }
        let body = bytes.drop { [0xef, 0xbb, 0xbf, 0x20, 0x09, 0x0a, 0x0d].contains($0) }
        guard let first = body.first else { return nil }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") { return try detectJSON(bytes) }
        let line = body.prefix(1 << 16).prefix { $0 != 0x0a && $0 != 0x0d }
        guard String(validating: line, as: UTF8.self) != nil else { return nil }
        let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
        return line.contains { separators.contains($0) } ? .csv : nil
    }

    private static func detectJSON(_ bytes: [UInt8]) throws(RecordFailure) -> RecordForm? {
        guard case .object(let values) = try JSONNode(parsing: bytes).tree else { return nil }
        if case .text(let schema)? = values["schema"], schema.hasPrefix("assay/") { return .json }
        if case .text(let form)? = values["bomFormat"], form == "CycloneDX" { return .cyclonedx }
        if case .text(let type)? = values["type"], type.hasPrefix("EPCIS") { return .epcis }
        if values["epcisBody"] != nil { return .epcis }
        let keys = Set(values.keys.map { $0.uppercased() })
        return keys.isDisjoint(with: ["COMPONENTS", "PLATFORM"]) ? nil : .paccor
    }
}
