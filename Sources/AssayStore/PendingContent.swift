package import AssayModel

/// Objects that a device sent for a report which is not accepted yet.
package struct PendingContent: Sendable {
    /// The device.
    package var deviceID: ContentDigest
    /// The report that they came for.
    package var report: ContentDigest
    /// The objects.
    package var objects: [(digest: ContentDigest, content: [UInt8])]
    /// Most bytes that may wait with the device, these included.
    package var limit: Int
    /// When they came.
    package var at: Timestamp

    /// Describes objects of one device.
    package init(
        deviceID: ContentDigest, report: ContentDigest, objects: [(digest: ContentDigest, content: [UInt8])],
        limit: Int, at: Timestamp
    ) {
        self.deviceID = deviceID
        self.report = report
        self.objects = objects
        self.limit = limit
        self.at = at
    }
}
