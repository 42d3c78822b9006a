internal import AssayBytes
internal import AssayModel

/// Reads the network interfaces that hardware stands behind, and the Ethernet transceivers on management buses.
///
/// Bridges, VLANs, tunnels and the like are made by software and left out.
package struct NetworkProbe: Probe {
    /// What the probe is and touches.
    package static let descriptor = ProbeDescriptor(
        id: "network/interfaces",
        summary: "Network adapters with their permanent addresses, drivers and firmware, and Ethernet transceivers.",
        accesses: [
            .init("/sys/class/net/*/{address,addr_assign_type,dev_port,ifindex,type,phys_port_name,device,wireless}"),
            .init("/sys/bus/mdio_bus/devices/*/phy_id"),
            .init("ioctl:ETHTOOL_GDRVINFO", loses: "firmware version of the adapter; live system only"),
            .init("ioctl:ETHTOOL_GPERMADDR", loses: "permanent address where another one is set; live system only"),
        ])

    /// A probe without settings.
    package init() {}

    /// Reads every adapter below the root.
    package func read(_ context: ProbeContext) -> ProbeOutput {
        var reader = SysfsReader(context.root, probe: Self.descriptor.id)
        NetworkInterface.read(with: &reader)
        EthernetTransceiver.read(with: &reader)
        return reader.output
    }
}
