package import AssayModel
internal import AssayReport
internal import AssayStore

/// Which devices hold what somebody looks for.
package struct SearchView: Sendable, Codable {
    /// What was looked for.
    package let query: String
    /// Devices whose id begins with it.
    package let devices: [DeviceHit]
    /// Findings whose id begins with it.
    package let findings: [FindingHit]
    /// What devices hold that is, or begins with, what was looked for.
    package let matches: [Match]
    /// Whether there are more matches than are shown.
    package let hasMore: Bool
    /// Where parts with just this serial number or address were before.
    package let former: [Stay]
    /// The match whose devices are listed: the one that was asked for, or the only one.
    package let selected: Match?
    /// The devices that hold it.
    package let holders: [Holder]
    /// Value of `after` for more of them.
    package let next: String?

    /// A device by name.
    package struct DeviceHit: Sendable, Codable {
        /// Its id.
        package let id: ContentDigest
        /// What it calls itself.
        package let name: String
        /// Its verdict.
        package let verdict: String
        /// Where it is.
        package let site: String?
        /// When its last report arrived.
        package let lastSeen: Timestamp?
    }

    /// A finding by name.
    package struct FindingHit: Sendable, Codable {
        /// Its id.
        package let id: String
        /// Its severity.
        package let severity: String
        /// What is wrong.
        package let title: String
        /// The device.
        package let device: ContentDigest
        /// Where it stands.
        package let state: String
    }

    /// Something that devices hold.
    package struct Match: Sendable, Codable {
        /// `name`, `serial`, `address`, `id`, `part`, `firmware`, `image`, `package` or `file`.
        package let kind: String
        /// What it is known by.
        package let key: String
        /// What it is, as a device names it.
        package let label: String?
        /// Devices that hold it, up to 1000.
        package let devices: Int
        /// Whether there are more.
        package let hasMore: Bool
    }

    /// A device that holds it.
    package struct Holder: Sendable, Codable {
        /// The device.
        package let device: DeviceHit
        /// What it is, as the device names it.
        package let label: String?
        /// Where on the device; paths of files that have the digest.
        package let place: String?
    }

    /// Where a part was.
    package struct Stay: Sendable, Codable {
        /// The device.
        package let device: ContentDigest
        /// The part.
        package let part: String
        /// Where in it.
        package let place: String
        /// When it was seen first.
        package let from: Timestamp
        /// When it was gone.
        package let until: Timestamp
    }
}

extension SearchView.DeviceHit {
    /// Names a device.
    init(_ device: Device) {
        id = device.id
        name = device.facts.callName ?? "unnamed"
        verdict = (device.standing?.verdict ?? .pending).rawValue
        site = device.site
        lastSeen = device.head?.receivedAt
    }
}

extension SearchView.Match {
    /// Shows a match.
    init(_ match: FactMatch) {
        kind = match.kind.rawValue
        key = match.key
        label = match.label
        devices = match.holders
        hasMore = match.hasMore
    }
}

extension DeviceFacts {
    /// What people call a device: its host name, or its model and serial number; nil for one that says nothing of itself.
    var callName: String? {
        if let hostname, !hostname.isEmpty, hostname != "localhost" { return hostname }
        let words = [model ?? manufacturer, serial].compactMap(\.self).filter { !$0.isEmpty }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
