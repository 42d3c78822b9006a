package import AssayModel
package import AssayReport

/// Writes the scan's JSON (docs/protocol.md, section 1) as it comes: one object, one fact a line, keys in order.
///
/// Files are written one by one and never held; the keys are in code-unit order, so that equal systems give equal bytes.
package struct ScanDocument {
    /// The one version of this form.
    package static let schema = "assay/scan/v1"

    private let sections: Set<SectionName>
    private let emit: ([UInt8]) throws -> Void
    private var hasFile = false

    /// A document of `sections` whose bytes go to `emit`.
    package init(sections: Set<SectionName>, emit: @escaping ([UInt8]) throws -> Void) {
        self.sections = sections
        self.emit = emit
    }

    /// Writes what stands before the files.
    package mutating func begin(_ facts: InventorySnapshot) throws {
        try emit(Array("{\"agent\":".utf8) + CanonicalJSON.encode(AgentName.current))
        if sections.contains(.boot) { try member("boot", facts.boot) }
        if sections.contains(.components) { try list("components", facts.components) }
        if sections.contains(.platform) { try member("device", facts.device) }
        if sections.contains(.files) { try emit(Array(",\n\"files\":[".utf8)) }
    }

    /// Writes one file, given as its canonical JSON without a line feed.
    package mutating func file(_ line: [UInt8]) throws {
        try emit(Array((hasFile ? ",\n" : "\n").utf8) + line)
        hasFile = true
    }

    /// Writes what stands behind the files.
    package mutating func finish(_ facts: InventorySnapshot, takenAt: String?) throws {
        if sections.contains(.files) { try emit(Array("]".utf8)) }
        if sections.contains(.firmware) { try list("firmware", facts.firmware) }
        if sections.contains(.gaps) { try list("gaps", facts.gaps) }
        if sections.contains(.kernel) { try member("kernel", facts.kernel) }
        if sections.contains(.packages) { try list("packages", facts.packages) }
        try member("schema", Self.schema)
        if let takenAt { try member("takenAt", takenAt) }
        try emit(Array("}\n".utf8))
    }

    private func member(_ key: String, _ value: some Encodable) throws {
        try emit(Array(",\n\"\(key)\":".utf8) + CanonicalJSON.encode(value))
    }

    private func list(_ key: String, _ values: [some Encodable]) throws {
        try emit(Array(",\n\"\(key)\":[".utf8))
        for (position, value) in values.enumerated() {
            try emit(Array((position == 0 ? "\n" : ",\n").utf8) + CanonicalJSON.encode(value))
        }
        try emit(Array("]".utf8))
    }
}
