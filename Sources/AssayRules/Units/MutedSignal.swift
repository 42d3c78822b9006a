/// A signal that a stand-in would show where the unit's own value does not.
package struct MutedSignal: Sendable, Hashable, CustomStringConvertible {
    /// Number of the part in the inventory.
    let part: Int
    /// Id of the signal.
    let signal: String

    /// Both in one text.
    package var description: String { "\(part) \(signal)" }
}
