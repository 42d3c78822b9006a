/// Every probe that a scan runs, in one explicit list.
package enum ProbeCatalog {
    /// The probes; of two that state the same fact of the whole device, the first one wins.
    package static let all: [any Probe] = [
        SMBIOSProbe(),
        DeviceTreeProbe(),
        ProcessorProbe(),
        PCIProbe(),
        USBProbe(),
        BlockStorageProbe(),
        NetworkProbe(),
        PowerProbe(),
        BoardBusesProbe(),
        MemoryModuleProbe(),
        DisplayProbe(),
        DeviceClassProbe(),
        TPMProbe(),
        EFIProbe(),
        ESRTProbe(),
        ACPITablesProbe(),
        ManagementEngineProbe(),
        SecurityProcessorProbe(),
        KernelProbe(),
    ]
}
