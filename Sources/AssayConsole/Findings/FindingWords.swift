/// The state of a finding as a badge.
package struct StateView: Sendable, Hashable {
    let name: String
    let badge: String

    /// Shows a state.
    package init(_ state: String) {
        name = state
        badge =
            switch state {
            case "open": "fail"
            case "acknowledged": "unsure"
            case "waived": "wait"
            case "resolved": "pass"
            default: ""
            }
    }
}

/// A device in a list of other things: what people call it, and its page.
package struct DeviceNameView: Sendable, Hashable {
    let id: String
    let name: String
    let model: String?

    /// Shows a device by its serial number, or by the beginning of its id where it states none.
    package init(id: String, serial: String?, model: String?) {
        self.id = id
        name = serial.flatMap { $0.isEmpty ? nil : $0 } ?? String(id.drop { $0 != ":" }.dropFirst().prefix(12))
        self.model = model
    }
}
