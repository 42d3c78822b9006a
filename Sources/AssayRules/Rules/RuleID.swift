/// Ids of the rules that outcomes refer to; an id is never reused.
enum RuleID {
    static let unexpectedComponent = "trace/unexpected-component"
    static let missingComponent = "trace/missing-component"
    static let mismatchedComponent = "trace/mismatched-component"
    static let firmwareOutOfRange = "trace/firmware-out-of-range"
    static let duplicateInDevice = "trace/duplicate-in-device"
    static let notVerifiable = "trace/not-verifiable"
    static let missingRecord = "trace/missing-record"
    static let wrongUnit = "trace/wrong-unit"
    static let unapprovedSupplier = "trace/unapproved-supplier"
    static let usbInterface = "usb/interface-not-allowed"
    static let secureBootOff = "boot/secure-boot-off"
    static let bootState = "boot/state-differs"
    static let unknownBinary = "files/unknown-binary"
    static let modifiedPackageFile = "files/modified-package-file"
}
