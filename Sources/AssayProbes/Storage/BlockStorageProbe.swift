/// Reads drives, cards and flash chips from sysfs: NVMe, SCSI and SATA, MMC and SD, UFS, MTD, and a hypervisor's disks.
///
/// What is not hardware of its own (partitions, loop, RAM, device-mapper and RAID devices) is left out; so are the boot
/// partitions of an eMMC and the logical units of a UFS chip, which belong to the one part.
package struct BlockStorageProbe: Probe {
    /// What the probe is and touches.
    package static let descriptor = ProbeDescriptor(
        id: "storage/block",
        summary: "Drives, memory cards and flash chips with their makers, serial numbers and firmware revisions.",
        accesses: [
            .init("/sys/class/nvme/nvme*/{model,serial,firmware_rev,subsysnqn,cntlid,transport,address}"),
            .init("/sys/block/*/{size,removable,queue/rotational,wwid,serial}"),
            .init("/sys/block/*/device/{vendor,model,rev,type,wwid,inquiry,vpd_pg80,vpd_pg83,vpd_pg89,raid_level}"),
            .init("/sys/class/scsi_host/host*/proc_name"),
            .init("/sys/bus/mmc/devices/*/{cid,csd,scr,ssr,type,date,rev,fwrev,hwrev,prv,life_time,pre_eol_info}"),
            .init("/sys/bus/platform/drivers/ufshcd*/*/{device_descriptor,string_descriptors}/*"),
            .init("/sys/class/mtd/mtd*/{name,type,size}"),
            .init("/sys/bus/spi/devices/*/spi-nor/{jedec_id,manufacturer,partname,sfdp}"),
        ])

    /// A probe without settings.
    package init() {}

    /// Reads every storage device below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        let blocks = BlockDevice.all(with: &reader)
        NVMeDrive.read(with: &reader, blocks: blocks)
        let ufsDevices = UFSDevice.read(with: &reader)
        SCSIDevice.read(with: &reader, blocks: blocks, ufsDevices: ufsDevices)
        MMCCard.read(with: &reader, blocks: blocks)
        VirtualDisk.read(with: &reader, blocks: blocks)
        FlashChip.read(with: &reader)
        return reader.output
    }
}
