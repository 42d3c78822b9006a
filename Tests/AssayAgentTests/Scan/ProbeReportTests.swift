import AssayModel
import AssayProbes
import AssayTestKit
import Testing

@testable import AssayAgent

@Suite struct ProbeReportTests {
    @Test("every probe of the catalog is described, and none was run") func described() throws {
        let reports = ProbeReport.described()
        #expect(reports.map(\.id) == ProbeCatalog.all.map { type(of: $0).descriptor.id })
        for report in reports {
            #expect(report.state == nil && report.facts == nil && report.gaps == nil)
            #expect(!report.summary.isEmpty && !report.accesses.isEmpty && report.revision > 0)
            #expect(report.accesses.allSatisfy { $0.privilege == "none" || $0.privilege.hasPrefix("CAP_") })
        }
        let json = String(decoding: try CanonicalJSON.encode(reports[0]), as: UTF8.self)
        #expect(!json.contains("\"state\"") && !json.contains("null"))
    }

    @Test("over a tree each probe says what it found and what it could not read") func tried() throws {
        let tree = try HostTree([
            "/sys/bus/pci/devices/0000:00:02.0/vendor": "0x8086\n",
            "/sys/bus/pci/devices/0000:00:02.0/device": "0x46a6\n",
            "/sys/bus/pci/devices/0000:00:02.0/class": "0x030000\n",
            "/sys/firmware/dmi/tables/DMI": .bytes([1, 2, 3]),
            "/proc/sys/kernel/osrelease": "6.1.0\n",
        ])
        let reports = ProbeReport.tried(root: try ScanRoot(path: tree.path))
        #expect(reports.count == ProbeCatalog.all.count)
        func report(_ id: String) throws -> ProbeReport { try #require(reports.first { $0.id == id }) }
        let pci = try report("pci/devices")
        #expect(pci.state == "complete" && pci.facts == 1 && pci.gaps == [])
        let smbios = try report("smbios/tables")
        #expect(smbios.state == "partial" && smbios.gaps?.isEmpty == false)
        let usb = try report("usb/devices")
        #expect(usb.state == "nothing here" && usb.facts == 0)
        for report in reports {
            let expected = report.gaps?.isEmpty == false ? "partial" : report.facts == 0 ? "nothing here" : "complete"
            #expect(report.state == expected, "\(report.id)")
        }
    }
}
