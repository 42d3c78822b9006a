internal import AssayModel

/// What stands between the kernel and a SCSI logical unit, and so how far the unit's answers can be trusted.
struct SCSITransport: Sendable, Hashable {
    /// Short name: `usb`, `raid`, `network`, `virtual` or `direct`.
    var name: String
    /// How directly the unit itself answers.
    var access: Evidence.Access

    /// Host drivers of controllers that put their own volumes, or their own words, in place of the drives.
    private static let raidDrivers: Set<String> = [
        "megaraid_sas", "megaraid", "megaraid_mbox", "aacraid", "ips", "arcmsr", "3w-xxxx", "3w-9xxx", "3w-sas",
        "hptiop",
        "stex", "gdth", "pmcraid", "ipr", "mvumi", "esas2r", "dpt_i2o", "cciss", "mpi3mr",
    ]
    /// Host drivers whose drives are elsewhere: a storage network, or another machine.
    private static let networkDrivers: Set<String> = [
        "iscsi_tcp", "ib_iser", "be2iscsi", "bnx2i", "qla4xxx", "cxgb3i", "cxgb4i", "ib_srp", "fcoe", "bnx2fc", "lpfc",
        "qla2xxx", "bfa", "zfcp", "fnic", "qedi", "qedf",
    ]
    /// Channel on which LSI's mpt drivers show RAID volumes (`RAID_CHANNEL` of mpt3sas).
    private static let mptRAIDChannel: UInt64 = 1

    /// Rates a unit by its host driver, RAID level, channel, bus, and vendor and model names.
    init(driver: String?, raidLevel: String?, channel: UInt64?, isUSB: Bool, names: [String]) {
        let driver = driver ?? ""
        if VirtualHardware.isKnown([.driver: driver])
            || names.contains(where: { VirtualHardware.isKnown([.driveName: $0]) })
        {
            (name, access) = ("virtual", .virtual)
        } else if isUSB || ["usb-storage", "uas"].contains(driver) || driver.hasPrefix("ums-") {
            (name, access) = ("usb", .bridged)
        } else if Self.raidDrivers.contains(driver) || Self.isVolume(driver, raidLevel, channel) {
            (name, access) = ("raid", .bridged)
        } else if Self.networkDrivers.contains(driver) {
            (name, access) = ("network", .bridged)
        } else {
            (name, access) = ("direct", .direct)
        }
    }

    /// Whether a controller that passes drives through shows a RAID volume here.
    private static func isVolume(_ driver: String, _ raidLevel: String?, _ channel: UInt64?) -> Bool {
        // hpsa and smartpqi name the level of a volume, and "HBA" or "N/A" for a drive that is passed through.
        if let raidLevel { return !["HBA", "N/A"].contains(raidLevel) }
        if ["hpsa", "smartpqi"].contains(driver) { return true }
        return driver.hasPrefix("mpt") && channel == mptRAIDChannel
    }
}
