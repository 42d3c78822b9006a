import AssayBytes
import AssayHost
import AssayModel
import AssayTestKit
import Foundation
import Testing

@testable import AssayProbes

/// Runs ``USBTestbedTests`` in a process that sees a recorded bus instead of the machine's: libusb has no root to
/// inject.
@Suite struct USBBusReaderTests {
    private static let runner = "/usr/bin/umockdev-run"

    @Test("libusb over a recorded bus", .enabled(if: FileManager.default.fileExists(atPath: runner)))
    func readsRecordedBus() throws {
        let files = try HostTree(["bus.umockdev": .text(USBTestbed.recording), "2.pcap": .bytes(USBTestbed.traffic)])
        let process = Process()
        process.executableURL = URL(filePath: Self.runner)
        process.arguments = [
            "--device=" + files.path + "/bus.umockdev", "--pcap=\(USBTestbed.stick)=" + files.path + "/2.pcap", "--",
            try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            "--testing-library", "swift-testing", "--filter", "USBTestbedTests",
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.contains("3 tests in 1 suite passed"), "\(text)")
    }
}

/// A root hub with an active device (1-2) and a suspended one (1-3), and what the active one answers.
enum USBTestbed {
    /// Directory of the testbed; nil outside of it.
    static let path = ProcessInfo.processInfo.environment["UMOCKDEV_DIR"]
    /// The active device.
    static let stick = "/sys/devices/pci0000:00/0000:00:14.0/usb1/1-2"

    private static let descriptors =
        USBDescriptorSetTests.device(usb: 0x0210)
        + USBDescriptorSetTests.configuration(USBDescriptorSetTests.interface(0))

    /// The devices in umockdev's form.
    static var recording: String {
        let hub =
            USBDescriptorSetTests.device(code: [9, 0, 1], vendor: 0x1d6b, product: 2)
            + USBDescriptorSetTests.configuration(USBDescriptorSetTests.interface(0, [9, 0, 0]))
        let devices = [("", 1, hub), ("/1-2", 2, descriptors), ("/1-3", 3, descriptors)]
        return devices.map { path, number, descriptors in
            """
            P: /devices/pci0000:00/0000:00:14.0/usb1\(path)
            N: bus/usb/001/00\(number)=\(Hex.string(descriptors).uppercased())
            E: DEVNAME=/dev/bus/usb/001/00\(number)
            E: DEVTYPE=usb_device
            E: BUSNUM=001
            E: DEVNUM=00\(number)
            E: SUBSYSTEM=usb
            A: busnum=1
            A: devnum=\(number)
            A: speed=480
            A: bConfigurationValue=1
            A: product=Stick
            H: descriptors=\(Hex.string(descriptors).uppercased())

            """
        }.joined(separator: "\n")
    }

    /// The answers of the active device, as usbmon would have recorded them.
    static var traffic: [UInt8] {
        let store = USBBinaryObjectStoreTests.sample
        var capture = USBCapture(bus: 1, device: 2)
        capture.answer(type: 1, length: 18, Array(descriptors.prefix(18)))
        capture.answer(type: 3, length: 255, [4, 3, 0x07, 0x04])
        capture.answer(type: 3, index: 1, language: 0x0407, length: 255, [6, 3, 0x41, 0, 0x42, 0])
        capture.answer(type: 3, index: 2, language: 0x0407, length: 255, [4, 3, 0x58, 0])
        capture.answer(type: 3, index: 3, language: 0x0407, length: 255, [4, 3, 0x37, 0])
        capture.answer(type: 15, length: 5, Array(store.prefix(5)))
        capture.answer(type: 15, length: UInt16(store.count), store)
        return capture.bytes
    }
}

/// What the bus reader sees inside the testbed.
@Suite(.enabled(if: USBTestbed.path != nil), .serialized) struct USBTestbedTests {
    private static func read(mayOpen: Bool) throws -> ProbeOutput {
        let root = try HostRoot(path: USBTestbed.path ?? "/", isLive: true)
        let status = (USBTestbed.path ?? "") + USBTestbed.stick.dropLast() + "3/power"
        try FileManager.default.createDirectory(atPath: status, withIntermediateDirectories: true)
        try Data("suspended\n".utf8).write(to: URL(filePath: status + "/runtime_status"))
        return USBProbe().read(ProbeContext(root: root, mayOpenDeviceNodes: mayOpen))
    }

    @Test("no node is opened unless the operator allows it") func staysWithSysfs() throws {
        let output = try Self.read(mayOpen: false)
        #expect(output.components.map(\.location) == ["usb/1-2", "usb/1-3", "usb/usb1"])
        #expect(output.components.first?.manufacturer == nil)
        #expect(output.gaps.isEmpty)
    }

    @Test("strings and BOS come from the bus, a suspended device is left asleep, a changed string is noticed")
    func asksTheActiveDevice() throws {
        let output = try Self.read(mayOpen: true)
        #expect(output.components.map(\.location) == ["usb/1-2", "usb/1-3", "usb/usb1"])
        let stick = try #require(output.components.first)
        #expect(stick.manufacturer == "AB")
        #expect(stick.model == "Stick")
        #expect(stick.serial == "7")
        #expect(stick.properties["containerId"] == "03020100-0504-0706-0809-0a0b0c0d0e0f")
        #expect(
            Set(output.gaps) == [
                Gap(
                    probe: "usb/devices", path: "/dev/bus/usb/001/002", kind: .malformed,
                    detail: "product of 1-2 differs from the kernel's copy"),
                Gap(
                    probe: "usb/devices", path: "/dev/bus/usb/001/003", kind: .excluded,
                    detail: "1-3 is suspended; asking it would wake it"),
            ])
    }

    @Test("libusb finds and names every device by itself") func namesDevices() throws {
        var names: [String] = []
        try USBBus().forEachDevice { names.append($0.name + " " + $0.node + " " + ($0.speed ?? "")) }
        #expect(
            names.sorted() == [
                "1-2 /dev/bus/usb/001/002 480", "1-3 /dev/bus/usb/001/003 480", "usb1 /dev/bus/usb/001/001 480",
            ])
    }
}
