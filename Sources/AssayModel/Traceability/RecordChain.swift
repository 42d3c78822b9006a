/// A record and its deltas, laid over each other in the order in which they amend each other.
///
/// Nothing stops at the first defect: all are named, and what can be applied is.
public struct RecordChain: Sendable {
    /// What came out.
    public struct Resolution: Sendable, Hashable {
        /// What the unit should be made of now.
        public var effective: AsBuiltRecord
        /// What is wrong with the chain, in the order of its links.
        public var defects: [ChainDefect]
        /// Record and deltas that were applied, as findings cite them, in order.
        public var links: [String]
    }

    /// Most deltas that are followed; a chain with more has a defect.
    public static let limit = ChainLinks.limit

    private let base: AsBuiltRecord
    private let now: RecordMoment?
    private let saysNothing: @Sendable (String) -> Bool

    /// Starts with the record of the unit as it was built.
    ///
    /// - Parameters:
    ///   - base: the record.
    ///   - now: moment at which certificates must hold; they are not asked when nil.
    ///   - saysNothing: whether a serial number is a placeholder; a blank one always is.
    public init(
        base: AsBuiltRecord, now: RecordMoment? = nil,
        saysNothing: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.base = base
        self.now = now
        self.saysNothing = saysNothing
    }

    /// Applies `deltas`, which may be given in any order.
    public func resolve(_ deltas: [RecordDelta]) -> Resolution {
        var defects = Self.provenanceDefects(base.source, in: base.citation, now)
        if let text = base.date, RecordMoment(text) == nil {
            defects.append(ChainDefect(.invalidDate, in: base.citation, expected: "RFC 3339", observed: text))
        }
        let links = ChainLinks(base: base, deltas: deltas)
        defects += links.defects
        var components = ChainedComponents(base.components, saysNothing: saysNothing)
        var citations = [base.citation]
        for link in links.ordered {
            defects += Self.provenanceDefects(link.delta.source, in: link.citation, now)
            defects += link.defects
            guard !link.defects.contains(where: { $0.kind == .otherUnit }) else { continue }
            defects += components.apply(link.delta.changes, of: link.citation)
            citations.append(link.citation)
        }
        var effective = base
        effective.components = components.list
        return Resolution(effective: effective, defects: defects, links: citations)
    }

    private static func provenanceDefects(
        _ source: RecordProvenance?, in link: String, _ now: RecordMoment?
    ) -> [ChainDefect] {
        guard let source else { return [] }
        var defects: [ChainDefect] = []
        if source.signature?.state == .unchecked {
            defects.append(
                ChainDefect(
                    .signatureUnchecked, in: link, expected: "a signature of a trusted issuer",
                    observed: source.certificate?.description))
        }
        if source.signature?.isWeak == true {
            defects.append(
                ChainDefect(
                    .weakSignature, in: link, expected: "a signature over SHA-256 or longer",
                    observed: source.signature?.algorithm))
        }
        for contradiction in source.contradictions ?? [] {
            defects.append(
                ChainDefect(
                    .contradictsItself, in: link, expected: "one account of what was fitted where",
                    observed: contradiction))
        }
        guard let now else { return defects }
        let from = source.validFrom.flatMap { RecordMoment($0) }
        let until = source.validUntil.flatMap { RecordMoment($0) }
        if from.map({ now < $0 }) == true || until.map({ $0 < now }) == true {
            defects.append(
                ChainDefect(
                    .outsideValidity, in: link, expected: "a certificate that holds now",
                    observed: "\(source.validFrom ?? "?") to \(source.validUntil ?? "?")"))
        }
        return defects
    }
}
