package import AssayModel

/// Writes a record in a form of others.
package enum RecordExport {
    /// Forms that a record can be written in.
    package static let forms: [RecordForm] = [.json, .cyclonedx, .paccor]

    /// The record in `form`; nil for a form that is only read.
    package static func write(_ record: AsBuiltRecord, as form: RecordForm) throws -> [UInt8]? {
        switch form {
        case .json: try CanonicalJSON.encodeForPeople(record)
        case .cyclonedx: try CycloneDXRecord.write(record)
        case .paccor: try PaccorComponentList(record).json()
        case .csv, .certificate, .epcis: nil
        }
    }
}
