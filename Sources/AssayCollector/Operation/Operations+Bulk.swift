internal import AssayModel
package import AssayStore

/// Findings that somebody has chosen together: causes, within what a query holds, and single ones.
package struct FindingSelection: Sendable {
    /// Whole causes.
    package var causes: [String]
    /// Single findings, by id.
    package var findings: [String]
    /// What bounds the causes: devices of a model, at a site, in some states.
    package var query: FindingQuery

    /// Describes a choice.
    package init(causes: [String], findings: [String], within query: FindingQuery) {
        self.causes = causes
        self.findings = findings
        self.query = query
    }
}

/// What became of a choice of findings.
package struct BulkView: Sendable, Codable {
    /// How many findings were acknowledged, or waivers were made.
    package let count: Int
    /// What of the choice was passed over, and why.
    package let passedOver: [String]
}

extension Operations {
    private static let selectionLimit = 200
    private static let batch = 1000
    /// Most findings of one cause that are acknowledged at once; what is beyond is acknowledged by doing it again.
    private static let acknowledgedLimit = 100_000
    /// Most waivers that one choice makes; a cause on more devices is waived for a model or a site.
    private static let waiverLimit = 500

    /// Notes that somebody has looked at all open findings of a choice.
    package func acknowledge(
        _ selection: FindingSelection, note: String, by actor: Actor
    ) async throws -> BulkView {
        try Self.check(selection)
        guard note.utf8.count <= Self.textLimit else {
            throw CollectorFailure(.usage, "a note has at most \(Self.textLimit) bytes")
        }
        var count = 0
        for cause in selection.causes {
            var query = selection.query
            query.cause = cause
            var rest = Self.acknowledgedLimit
            while rest > 0 {
                let done = try await store.acknowledgeFindings(query, note: note, limit: Self.batch, by: actor)
                count += done
                rest -= done
                if done < Self.batch { break }
            }
        }
        var passedOver: [String] = []
        for id in selection.findings {
            let finding = try await finding(id)
            if try await store.acknowledgeFinding(finding.id, note: note, by: actor) {
                count += 1
            } else {
                passedOver.append("\(finding.id) is \(finding.state.rawValue)")
            }
        }
        return BulkView(count: count, passedOver: passedOver)
    }

    /// Waives what was chosen: one waiver for each cause and each device, model or site that shows it.
    package func waive(
        _ selection: FindingSelection, _ request: WaiverRequest, by actor: Actor
    ) async throws -> BulkView {
        try Self.check(selection)
        var passedOver: [String] = []
        var targets: [String] = []
        for cause in selection.causes {
            targets += try await examples(of: cause, for: request.scope, within: selection.query, &passedOver)
        }
        targets += selection.findings
        guard targets.count <= Self.waiverLimit else {
            throw CollectorFailure(
                .usage, "this would make more than \(Self.waiverLimit) waivers",
                nextStep: "waive for the model or the site, or choose fewer")
        }
        var known: Set<[String]> = []
        var count = 0
        for target in targets {
            let finding = try await finding(target)
            guard let device = try await store.device(finding.deviceID) else { continue }
            // Two findings of one cause at one site are one waiver.
            let subject = try? Self.subject(request.scope, of: device)
            if let subject, !known.insert([finding.cause, subject]).inserted { continue }
            _ = try await waive(finding.id, request, by: actor)
            count += 1
        }
        return BulkView(count: count, passedOver: passedOver)
    }

    /// One finding of a cause for each subject of a waiver.
    private func examples(
        of cause: String, for scope: Waiver.Scope, within query: FindingQuery, _ passedOver: inout [String]
    ) async throws -> [String] {
        var query = query
        query.cause = cause
        query.includesResolved = false
        query.states.remove(.resolved)
        if scope == .unit {
            return try await store.findings(query, after: nil, limit: Self.waiverLimit + 1).findings.map(\.id)
        }
        var ids: [String] = []
        var seen: Set<String> = []
        for subject in try await store.subjects(ofCause: cause, query, limit: Self.waiverLimit + 1) {
            guard let name = scope == .model ? subject.model : subject.site else {
                passedOver.append("\(subject.devices) devices without a \(scope.rawValue)")
                continue
            }
            guard seen.insert(name).inserted else { continue }
            var own = query
            if scope == .model { own.model = name } else { own.site = name }
            ids += try await store.findings(own, after: nil, limit: 1).findings.map(\.id)
        }
        return ids
    }

    private static func check(_ selection: FindingSelection) throws {
        let count = selection.causes.count + selection.findings.count
        guard count > 0 else { throw CollectorFailure(.usage, "nothing is chosen", nextStep: "tick what you mean") }
        guard count <= selectionLimit else {
            throw CollectorFailure(.usage, "at most \(selectionLimit) are chosen at once")
        }
        guard selection.causes.allSatisfy({ !$0.isEmpty }) else {
            throw CollectorFailure(.usage, "a cause without a name is judged finding by finding")
        }
    }
}
