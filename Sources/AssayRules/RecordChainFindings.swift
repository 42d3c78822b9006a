package import AssayModel

/// Says what is wrong with the chain of a unit's records, and what that means for the verdict.
package enum RecordChainFindings {
    /// One finding for each defect.
    ///
    /// - Parameters:
    ///   - defects: what the resolution of the chain gave.
    ///   - device: what names the device in its findings.
    package static func findings(_ defects: [ChainDefect], device: String) -> [Finding] {
        var counts: [String: Int] = [:]
        return defects.map { defect in
            var finding = Finding(
                rule: "record/\(defect.kind.rawValue)", severity: severity(defect.kind),
                title: "\(defect.link) \(defect.summary)", source: defect.link, advice: advice(defect.kind),
                expected: defect.expected, observed: defect.observed,
                notes: defect.part.map { ["the part is \($0)"] } ?? [])
            finding.identify(device: device, key: [defect.link, defect.part ?? "", defect.expected ?? ""])
            let count = counts[finding.id, default: 0] + 1
            counts[finding.id] = count
            if count > 1 {
                finding.identify(
                    device: device, key: [defect.link, defect.part ?? "", defect.expected ?? ""],
                    instance: ["#\(count)"])
            }
            return finding
        }
    }

    /// Enters the defects into a result.
    ///
    /// A unit that agrees with records which contradict each other is not known to be right: `pass` becomes
    /// `undetermined`. What differs stays a difference.
    package static func enter(_ defects: [ChainDefect], device: DeviceFacts, into result: inout VerifyResult) {
        guard !defects.isEmpty else { return }
        result.findings += findings(defects, device: device.findingName)
        let deciding = defects.filter { !$0.isNotice }
        guard !deciding.isEmpty, result.verdict == .pass else { return }
        result.verdict = .undetermined
        result.reasons += deciding.map { "\($0.link) \($0.summary)" }
    }

    private static func severity(_ kind: ChainDefect.Kind) -> Finding.Severity {
        switch kind {
        case .missingLink, .dateOrder, .otherUnit, .cycle, .contradictingRecord, .tooManyLinks: .high
        case .addedPresent, .placeTaken, .removedAbsent, .modifiedAbsent, .ambiguous, .invalidDate, .contradictsItself:
            .medium
        case .outsideValidity, .weakSignature: .low
        case .repeatedLink, .signatureUnchecked: .info
        }
    }

    private static func advice(_ kind: ChainDefect.Kind) -> String {
        switch kind {
        case .missingLink: "Ask whoever changed the unit for the delta that lies between, and import it."
        case .dateOrder, .invalidDate:
            "Ask whoever issued the delta: a change cannot be older than what it changes. It may be of another unit."
        case .otherUnit: "Import the delta of this unit; this one was left out."
        case .cycle: "Ask whoever issued the deltas for the order in which the changes were made."
        case .repeatedLink: "Nothing needs to be done; the delta counts once."
        case .addedPresent, .placeTaken, .removedAbsent, .modifiedAbsent, .ambiguous:
            "Compare the delta with the record that it amends: one of them is wrong, or a delta between them is missing."
        case .tooManyLinks:
            "Import one record that states what the unit is made of now; the deltas before it are then of another one."
        case .contradictingRecord:
            "Find out which record is right and import that content under the name of the other one too, as its next "
                + "revision: nothing is deleted, and records that agree contradict nothing."
        case .contradictsItself:
            "Ask whoever keeps the events which one is missing or wrong: what was seen is no part of the record."
        case .outsideValidity: "Ask the maker for a certificate that holds, or accept the old one on purpose."
        case .signatureUnchecked: "Import the certificate again and name its issuer as trusted."
        case .weakSignature: "Ask the maker for a certificate that is signed over SHA-256 or longer."
        }
    }
}
