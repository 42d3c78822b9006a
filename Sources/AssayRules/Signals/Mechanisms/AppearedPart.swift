internal import AssayModel

/// A part that was not there in the report before.
struct AppearedPart: SignalMechanism, Decodable {
    private enum CodingKeys: String, CodingKey, CaseIterable { case mechanism }

    init(from decoder: any Decoder) throws { try decoder.refuseUnknownKeys(CodingKeys.self) }

    func judge(_ subject: SignalSubject, _ placeholders: PlaceholderList) -> SignalAnswer {
        guard subject.hasFormerReport else { return .unknown }
        guard subject.former == nil else { return .fits }
        return .differs(
            field: "location", observed: "\(subject.part.location) is new", expected: "the parts of the report before")
    }
}
