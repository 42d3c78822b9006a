internal import AssayModel
internal import AssayRules

/// What is known of a device's report without reading it again, as the store keeps it.
struct UnitReading: Sendable, Codable {
    /// What the device says of itself.
    var facts: DeviceFacts
    /// Names the identities that the report shows, see ``AssayModel/FleetIdentity/digest(of:)``.
    var identitySet: ContentDigest
    /// What the unit shares with others; nil for a unit that shows something only it can show.
    var share: Share?

    /// Content that is equal for all units of a form, and the values by which this one differs.
    struct Share: Sendable, Codable {
        /// Names everything that such units report but their own values.
        var content: ContentDigest
        /// The unit's own values.
        var values: UnitValues
    }
}
