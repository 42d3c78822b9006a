internal import AssayBytes
package import AssayModel

/// The platform certificates of one file, and the certificates of their issuers that came with them.
package struct PlatformCertificateFile: Sendable {
    /// Platform certificates in the order of the file.
    package private(set) var certificates: [PlatformCertificate] = []
    private var intermediates: [IssuerCertificate] = []

    /// Reads PEM or DER.
    package init(_ bytes: [UInt8]) throws(RecordFailure) {
        let blocks = PEMBlock.isPEM(bytes) ? try PEMBlock.blocks(of: bytes).map(\.bytes) : [bytes]
        for (index, block) in blocks.enumerated() {
            let field = blocks.count == 1 ? "" : "certificate \(index + 1)"
            do throws(ParseFailure) {
                certificates.append(try PlatformCertificate(der: block))
            } catch {
                if blocks.count > 1, let issuer = try? IssuerCertificate(der: block) {
                    intermediates.append(issuer)
                    continue
                }
                throw RecordFailure(.malformed, field: field, detail: error.description)
            }
        }
        guard !certificates.isEmpty else {
            throw RecordFailure(.unknownForm, field: "", detail: "holds no platform certificate")
        }
    }

    /// What is known of the signature of `certificate`; without anchors it is not checked.
    package func signature(
        of certificate: PlatformCertificate, trusting anchors: TrustAnchors?
    ) throws(RecordFailure) -> RecordSignature {
        guard let anchors else {
            return RecordSignature(.unchecked, algorithm: certificate.signatureAlgorithm.name)
        }
        return try anchors.verify(certificate, through: intermediates)
    }
}

extension PlatformCertificate {
    /// The certificate as a record of the unit.
    package func record(_ signature: RecordSignature) throws(RecordFailure) -> AsBuiltRecord {
        var record = AsBuiltRecord(
            device: try platform.unit("subject alternative name"),
            components: components.map { TranslatedComponent($0).built($0) })
        for property in properties { record.properties[property.name] = property.value }
        record.references = [
            ("components", componentsURI), ("properties", propertiesURI), ("configuration", configurationURI),
        ].compactMap { name, reference in reference.map { RecordReference(name: name, $0) } }
        record.source = provenance(signature)
        if let holder, let issuer = holder.issuer, let serial = holder.serial {
            record.source?.holder = CertificateName(issuer: issuer.description, serial: serial)
        }
        return record
    }

    /// The certificate as a change of the unit.
    package func delta(_ signature: RecordSignature) throws(RecordFailure) -> RecordDelta {
        var changes: [ComponentChange] = []
        for (index, component) in components.enumerated() {
            guard let status = component.status else {
                throw RecordFailure(
                    .invalid, field: "components[\(index)].status", detail: "is required in a delta certificate")
            }
            changes.append(ComponentChange(status, TranslatedComponent(component).built(component)))
        }
        guard let amended else {
            throw RecordFailure(.invalid, field: "holder", detail: "names no certificate that is amended")
        }
        let unit = try platform.unit("subject alternative name")
        var delta = RecordDelta(device: unit, amends: .init(certificate: amended), changes: changes)
        delta.source = provenance(signature)
        return delta
    }

    private func provenance(_ signature: RecordSignature) -> RecordProvenance {
        var source = RecordProvenance(origin: "imported", date: validFrom, author: issuer.description)
        source.form = "certificate"
        source.certificate = name
        source.signature = signature
        source.validFrom = validFrom
        source.validUntil = validUntil
        source.notes = notes.isEmpty ? nil : notes.joined(separator: "; ")
        return source
    }
}

extension RecordReference {
    init(name: String, _ reference: URIReference) {
        self.init(
            name: name, uri: reference.uri, hashAlgorithm: reference.hashAlgorithm, hash: reference.hash)
    }
}
