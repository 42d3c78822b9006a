internal import AssayModel

/// One file of `hwprofiles/lists/clone-signatures`: the signals of one family of parts.
///
/// An object, since what a signal shows is cited by its list.
package final class SignalList: Sendable, Decodable {
    /// The schema that this version of the type reads.
    package static let currentSchema = "assay/signals/v1"

    /// Name of the family.
    package let id: String
    /// Name for people.
    package let title: String
    /// Day of the last change.
    package let date: CalendarDay
    /// Where the values come from, by the keys that the signals cite.
    package let sources: [String: String]
    /// The signals.
    package let signals: [Signal]

    private enum CodingKeys: String, CodingKey, CaseIterable { case schema, id, title, date, sources, signals }

    /// Reads the JSON form; unknown keys, and signals without a source or an example, are refused.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        _ = try values.schema(Self.currentSchema, forKey: .schema)
        id = try values.decode(String.self, forKey: .id)
        title = try values.decode(String.self, forKey: .title)
        date = try values.decode(CalendarDay.self, forKey: .date)
        sources = try values.decode([String: String].self, forKey: .sources)
        signals = try values.decode([Signal].self, forKey: .signals)
        for signal in signals {
            let fault: String? =
                if !signal.id.hasPrefix("signal/") {
                    "is not an id like signal/name"
                } else if sources[signal.source] == nil {
                    "cites a source that the list does not name"
                } else if signal.examples.fires.isEmpty || signal.examples.silent.isEmpty {
                    "needs an example that shows it and one that does not"
                } else {
                    nil
                }
            if let fault {
                throw DecodingError.dataCorruptedError(
                    forKey: .signals, in: values, debugDescription: "\(signal.id) \(fault)")
            }
        }
        guard Set(signals.map(\.id)).count == signals.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .signals, in: values, debugDescription: "two signals have one id")
        }
    }

    /// How findings cite a signal of this list.
    func citation(_ signal: Signal) -> String { "\(sources[signal.source] ?? signal.source) (list \(id) of \(date))" }
}
