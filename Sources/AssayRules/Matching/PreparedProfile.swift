package import AssayModel

/// A profile with its lines turned into expectations, once for all units of the model.
package final class PreparedProfile: Sendable {
    /// The profile.
    package let profile: HardwareProfile
    /// Texts that say nothing of a part.
    let placeholders: PlaceholderList
    /// What each class is expected to have, in the order of the profile.
    let lines: [ComponentClass: [Expectation]]
    /// The rules for the fields of each class.
    let rules: ClassRules

    /// Prepares a profile.
    package init(_ profile: HardwareProfile, placeholders: PlaceholderList = .standard) {
        self.profile = profile
        self.placeholders = placeholders
        rules = ClassRules(profile)
        lines = ProfileLines(profile: profile, rules: rules, placeholders: placeholders).expectations()
    }
}
