internal import AssayModel

/// What a learned profile compares, and what it leaves out and why.
enum LearningPolicy {
    /// Classes that do not speak of parts, or change from boot to boot.
    static let leftOut: [ComponentClass: String] = [
        .cache: "is inside the processor, which is compared",
        .memoryArray: "describes sockets, not what sits in them",
        .port: "connectors as the firmware's author listed them",
        .slot: "describes sockets, not what sits in them",
        .onboard: "repeats what the buses show of soldered parts",
        .sensor: "sensors as the firmware's author listed them",
        "display": "screens are plugged in and out by whoever uses the device",
        "w1": "the place of a 1-Wire part is its serial number",
        "memory-range": "address ranges, not parts", "firmware-data": "data of the firmware, not parts",
        .vendorSpecific: "content is the vendor's own, or not interpreted, and may change from boot to boot",
    ]

    /// Properties that are as fixed as the part itself.
    static let properties: Set<String> = [
        "interfaces", "size", "formFactor", "type", "kind",
    ]

    /// Properties that name one part as a serial number does; a record states them, a profile does not.
    static let unitProperties = ["permanentAddress"]

    /// Digests that are equal for all parts of one model.
    static let digests: Set<String> = ["identity"]

    /// Numeric identities that belong to one unit, or to one boot, instead of a model.
    private static let unitIDs: Set<String> = [
        "mac", "permanentaddress", "serial", "serialnumber", "deviceserialnumber", "uuid", "wwn", "wwid", "eui64",
        "nguid",
        "address", "currentaddress", "bus", "port", "handle", "cid", "dsn", "processorid",
    ]

    static func isLeftOut(_ componentClass: ComponentClass) -> Bool { leftOut[componentClass] != nil }

    static func isModelID(_ name: String) -> Bool { !unitIDs.contains(name.lowercased()) }

    /// Whether a USB device is the kernel's own hub (vendor number of the Linux Foundation).
    static func isRootHub(_ part: Component) -> Bool {
        part.componentClass == .usb && part.ids["vendor"] == "1d6b" && part.location.hasPrefix("usb/usb")
    }

    /// The policies of a learned profile.
    static let policies: [ComponentClass: ClassPolicy] = {
        var policies: [ComponentClass: ClassPolicy] = [
            HardwareProfile.anyClass: ClassPolicy(fields: ["serial": .ignore, "firmwareVersion": .minimum])
        ]
        for (name, reason) in leftOut {
            policies[name] = ClassPolicy(unexpected: .ignore, missing: .ignore, duplicate: .ignore, reason: reason)
        }
        return policies
    }()
}
