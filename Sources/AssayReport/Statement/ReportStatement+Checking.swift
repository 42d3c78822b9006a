internal import AssayModel

extension ReportStatement {
    /// Most sections that a report may name.
    package static let sectionLimit = 32

    /// Reads and checks the payload of an envelope whose signature by `device` was verified.
    init(checking payload: [UInt8], of device: ContentDigest) throws(ReportFailure) {
        do { self = try ReportStatement(reading: payload) } catch {
            // A statement of another kind has other fields: that it is of another kind is then the better answer.
            try Head(payload).check()
            throw error
        }
        try check(device: device)
    }

    private func check(device: ContentDigest) throws(ReportFailure) {
        guard subject.count == 1, subject[0].name == device.description else { throw ReportFailure(.wrongSubject) }
        guard predicate.sections.count <= Self.sectionLimit else { throw ReportFailure(.tooLarge, "sections") }
        for (name, section) in predicate.sections {
            guard SectionName.isPlausible(name) else { throw ReportFailure(.malformed, "section name") }
            guard section.isPlausible else { throw ReportFailure(.malformed, "section \(name)") }
        }
        guard inventoryRoot == MerkleTree.inventoryRoot(predicate.sections) else {
            throw ReportFailure(.rootMismatch)
        }
        guard predicate.sequence > 0, predicate.sequence <= UInt64(Int64.max) else {
            throw ReportFailure(.malformed, "sequence")
        }
        guard Timestamp.isCanonical(predicate.takenAt) else { throw ReportFailure(.malformed, "takenAt") }
        guard predicate.gaps.count <= 64, predicate.gaps.values.allSatisfy({ $0 >= 0 }) else {
            throw ReportFailure(.malformed, "gaps")
        }
    }
}
