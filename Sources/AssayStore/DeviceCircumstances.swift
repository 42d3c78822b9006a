package import AssayModel

/// What counts for a device besides its report and its records.
package struct DeviceCircumstances: Sendable {
    /// Anomalies of its chain that nothing has settled, see ``Store/openAnomalies(of:)``.
    package var anomalies: [StoredAnomaly]
    /// Identities that are known from elsewhere, see ``Store/fleetMatches(of:)``.
    package var matches: [FleetMatch]
    /// Waivers that hold for it, see ``Store/waivers(for:model:site:)``.
    package var waivers: [Waiver]

    /// Gathers them.
    package init(anomalies: [StoredAnomaly], matches: [FleetMatch], waivers: [Waiver]) {
        self.anomalies = anomalies
        self.matches = matches
        self.waivers = waivers
    }
}
