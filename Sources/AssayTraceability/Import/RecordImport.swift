package import AssayModel

/// Takes records in any form: all documents of a file, or none and why.
package enum RecordImport {
    /// Largest file in bytes; a table of a million rows is larger than a record.
    package static let maximumSize = 256 << 20

    /// Reads the documents of one file.
    ///
    /// - Parameters:
    ///   - bytes: the file.
    ///   - form: its form; recognised by the content when nil.
    ///   - map: the columns of a table.
    ///   - anchors: trusted issuers of certificates; signatures are not checked when nil.
    package static func read(
        _ bytes: [UInt8], as form: RecordForm? = nil, map: ColumnMap = ColumnMap(),
        trusting anchors: TrustAnchors? = nil
    ) throws(RecordFailure) -> [ImportedDocument] {
        guard bytes.count <= maximumSize else {
            throw RecordFailure(.tooLarge, field: "", detail: "is larger than \(maximumSize) bytes")
        }
        var form = form
        if form == nil { form = try RecordForm.detect(bytes) }
        guard let form else {
            throw RecordFailure(
                .unknownForm, field: "",
                detail: "is none of the forms \(RecordForm.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let source = ContentDigest.sha256(of: bytes)
        var documents: [ImportedDocument] = []
        for content in try contents(bytes, form, map, anchors) {
            let document = ImportedDocument(content: stamped(content, form, source), form: form, source: source)
            try check(document.content)
            documents.append(document)
        }
        return documents
    }

    private static func contents(
        _ bytes: [UInt8], _ form: RecordForm, _ map: ColumnMap, _ anchors: TrustAnchors?
    ) throws(RecordFailure) -> [ImportedDocument.Content] {
        switch form {
        case .json: return [try ownDocument(bytes)]
        case .csv: return units(try TableImport.read(bytes, map: map))
        case .paccor:
            let list = try PaccorComponentList(json: bytes)
            return [list.isDelta ? .delta(try list.delta()) : .record(try list.record())]
        case .certificate: return try certificates(bytes, anchors)
        case .cyclonedx: return [.record(try CycloneDXRecord.read(bytes))]
        case .epcis: return units(try EPCISEvents.read(bytes))
        }
    }

    private static func units(_ units: [TableImport.Unit]) -> [ImportedDocument.Content] {
        units.map { unit in
            switch unit {
            case .record(let record): .record(record)
            case .delta(let delta): .delta(delta)
            }
        }
    }

    /// The schema that a document states says what it is.
    private static func ownDocument(_ bytes: [UInt8]) throws(RecordFailure) -> ImportedDocument.Content {
        switch try JSONNode(parsing: bytes).text("schema") {
        case AsBuiltRecord.currentSchema: return .record(try RecordJSON.asBuilt(from: bytes))
        case RecordDelta.currentSchema: return .delta(try RecordJSON.delta(from: bytes))
        case HardwareProfile.currentSchema: return .profile(try RecordJSON.profile(from: bytes))
        case let other:
            let known = [AsBuiltRecord.currentSchema, RecordDelta.currentSchema, HardwareProfile.currentSchema]
            throw RecordFailure(
                .unknownSchema, field: "schema",
                detail: "\(other ?? "nothing") is none of \(known.joined(separator: ", "))")
        }
    }

    private static func certificates(
        _ bytes: [UInt8], _ anchors: TrustAnchors?
    ) throws(RecordFailure) -> [ImportedDocument.Content] {
        let file = try PlatformCertificateFile(bytes)
        var contents: [ImportedDocument.Content] = []
        for certificate in file.certificates {
            let signature = try file.signature(of: certificate, trusting: anchors)
            contents.append(
                certificate.isDelta
                    ? .delta(try certificate.delta(signature)) : .record(try certificate.record(signature)))
        }
        return contents
    }

    /// Says where a document of another form comes from; ours say it themselves.
    private static func stamped(
        _ content: ImportedDocument.Content, _ form: RecordForm, _ digest: ContentDigest
    ) -> ImportedDocument.Content {
        func source(_ own: RecordProvenance?) -> RecordProvenance {
            var source = own ?? RecordProvenance(origin: "imported")
            source.form = form.rawValue
            source.document = digest
            return source
        }
        switch content {
        case .record(var record) where form != .json:
            record.source = source(record.source)
            return .record(record)
        case .delta(var delta) where form != .json:
            delta.source = source(delta.source)
            return .delta(delta)
        case .record, .delta, .profile: return content
        }
    }

    private static func check(_ content: ImportedDocument.Content) throws(RecordFailure) {
        switch content {
        case .record(let record): try RecordJSON.check(record)
        case .delta(let delta): try RecordJSON.check(delta)
        case .profile: break
        }
    }
}
