package import AssayModel
package import AssayReport
internal import AssayRules

/// Joins what only a collector knows of a unit into the verdict that was made without one.
package struct FleetInquiry: Sendable {
    private let unit: DeviceFacts
    private let isThisMachine: Bool
    private let isRequired: Bool

    /// An inquiry about `unit`.
    ///
    /// - Parameters:
    ///   - isThisMachine: whether the unit is the machine that asks, and not a recorded tree or a saved scan.
    ///   - isRequired: whether nothing can be decided without an answer.
    package init(about unit: DeviceFacts, isThisMachine: Bool, isRequired: Bool) {
        self.unit = unit
        self.isThisMachine = isThisMachine
        self.isRequired = isRequired
    }

    /// Enters an answer: its findings, and what they mean for the verdict.
    package func enter(_ view: FleetView, into result: inout VerifyResult) {
        guard isAbout(view.unit) else {
            let other = view.unit.serial.map { "serial \($0)" } ?? "without a serial number"
            return enter("the key that asks belongs to another unit, \(other)", into: &result)
        }
        guard let moment = view.evaluatedAt else {
            return enter("the collector has not judged a report of this unit yet", into: &result)
        }
        result.fleet = .asked
        result.reasons.append("fleet rules as the collector judged them at \(moment)")
        let known = Set(result.findings.map(\.id))
        result.findings += view.findings.filter { !known.contains($0.id) }
        switch view.verdict {
        case .fail: result.verdict = .fail
        case .undetermined, .unverified: if result.verdict == .pass { result.verdict = .undetermined }
        case .pass: break
        }
    }

    /// Enters that there is no answer, and why.
    package func enter(_ reason: String, into result: inout VerifyResult) {
        result.fleet = .notAsked
        result.reasons.append("fleet rules were not asked: \(reason)")
        if isRequired, result.verdict == .pass { result.verdict = .undetermined }
    }

    /// Whether the device behind the key is the unit that was judged: a station has a key of its own.
    private func isAbout(_ asked: VerificationStatement.Unit) -> Bool {
        let judged = VerificationStatement.Unit(unit)
        for (left, right) in [(asked.serial, judged.serial), (asked.uuid, judged.uuid)] {
            guard let left, let right, !PlaceholderList.standard.contains(left),
                !PlaceholderList.standard.contains(right)
            else { continue }
            return left == right
        }
        // Nothing tells the two apart.
        return isThisMachine
    }
}
