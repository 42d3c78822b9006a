package import AssayModel

/// A draft with what it would change, as the operator API shows it.
package struct PlanView: Sendable, Codable {
    /// Its id.
    package let id: String
    /// `waiting`, `judging`, `planned`, `failed` or `applied`.
    package let state: String
    /// What would be imported.
    package let documents: [DocumentView]
    /// Who wants it.
    package let author: String
    /// Since when.
    package let createdAt: Timestamp
    /// Devices that were looked at so far.
    package let devices: Int?
    /// Why there is no plan.
    package let failure: String?
    /// What would change; at most 200 devices are listed.
    package let plan: Plan?

    init(_ draft: PlanDesk.Draft) {
        id = draft.id
        state = draft.state.word
        documents = draft.documents.map(DocumentView.init)
        author = draft.author
        createdAt = draft.createdAt
        var devices: Int?
        var failure: String?
        var plan: Plan?
        switch draft.state {
        case .judging(let count): devices = count
        case .failed(let words): failure = words
        case .planned(let planned): plan = planned
        case .waiting, .applied: break
        }
        self.devices = devices
        self.failure = failure
        self.plan = plan
    }
}

/// A record with its deltas applied, as the operator API shows it.
package struct ChainView: Sendable, Codable {
    /// What is wrong with a link.
    package struct Defect: Sendable, Codable {
        /// Its kind.
        package let kind: String
        /// Record or delta that it lies in.
        package let link: String
        /// The defect in words.
        package let summary: String
        /// Part that a change speaks of.
        package let part: String?
        /// What would be right.
        package let expected: String?
        /// What stands there.
        package let observed: String?
    }

    /// What the unit should be made of now.
    package let effective: AsBuiltRecord
    /// Record and deltas that were applied, as findings cite them, in order.
    package let links: [String]
    /// What is wrong with the chain.
    package let defects: [Defect]
    /// Every revision of the record, then the newest of each delta.
    package let documents: [DocumentView]

    /// Shows a chain.
    package init(_ chain: RecordChainView) {
        effective = chain.resolution.effective
        links = chain.resolution.links
        defects = chain.resolution.defects.map { defect in
            Defect(
                kind: defect.kind.rawValue, link: defect.link, summary: defect.summary, part: defect.part,
                expected: defect.expected, observed: defect.observed)
        }
        documents = chain.documents.map(DocumentView.init)
    }
}
