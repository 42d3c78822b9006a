internal import AssayBytes
internal import CLibUSB

/// A libusb session over the devices of the running system.
struct USBBus: ~Copyable {
    private let context: OpaquePointer

    /// Opens a session; no device node is opened yet.
    init() throws(USBBusFailure) {
        var context: OpaquePointer?
        try USBBusFailure.check(libusb_init(&context))
        guard let context else { throw USBBusFailure(code: LIBUSB_ERROR_OTHER.rawValue) }
        self.context = context
    }

    deinit { libusb_exit(context) }

    /// Calls `body` with every device, in the order of the bus.
    func forEachDevice(_ body: (borrowing USBBusDevice) -> Void) throws(USBBusFailure) {
        var list: UnsafeMutablePointer<OpaquePointer?>?
        let count = libusb_get_device_list(context, &list)
        guard count >= 0, let list else { throw USBBusFailure(code: Int32(clamping: count)) }
        defer { libusb_free_device_list(list, 1) }
        for index in 0..<count {
            if let pointer = list[index] { body(USBBusDevice(pointer)) }
        }
    }
}

/// A device of a session; valid only while the session's list of devices is.
struct USBBusDevice: ~Copyable {
    private let pointer: OpaquePointer
    /// Name that the kernel gives the device in sysfs.
    let name: String
    /// Path of its node.
    let node: String
    /// Speed in Mbit/s, as sysfs writes it; nil when unknown.
    let speed: String?

    fileprivate init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        let bus = libusb_get_bus_number(pointer)
        // Seven tiers, the root hub among them (USB 2.0, 4.1.1; USB 3.2, 10.1).
        var ports = [UInt8](repeating: 0, count: 7)
        let count = Int(libusb_get_port_numbers(pointer, &ports, Int32(ports.count)))
        let path = ports.prefix(max(0, min(count, ports.count))).map { "\($0)" }.joined(separator: ".")
        name = path.isEmpty ? "usb\(bus)" : "\(bus)-" + path
        node = "/dev/bus/usb/" + Self.padded(bus) + "/" + Self.padded(libusb_get_device_address(pointer))
        let speeds = ["1.5", "12", "480", "5000", "10000"]
        let code = Int(libusb_get_device_speed(pointer)) - 1
        speed = speeds.indices.contains(code) ? speeds[code] : nil
    }

    /// The device descriptor that the kernel cached.
    func descriptor() throws(USBBusFailure) -> libusb_device_descriptor {
        var descriptor = libusb_device_descriptor()
        try USBBusFailure.check(libusb_get_device_descriptor(pointer, &descriptor))
        return descriptor
    }

    /// Opens the device's node, which resumes a suspended device.
    func open() throws(USBBusFailure) -> USBBusHandle {
        var handle: OpaquePointer?
        try USBBusFailure.check(libusb_open(pointer, &handle))
        guard let handle else { throw USBBusFailure(code: LIBUSB_ERROR_OTHER.rawValue) }
        return USBBusHandle(handle)
    }

    private static func padded(_ number: UInt8) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: 3 - text.utf8.count) + text
    }
}

/// An open device, asked for descriptors over its control endpoint alone.
struct USBBusHandle: ~Copyable {
    private let handle: OpaquePointer

    fileprivate init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { libusb_close(handle) }

    /// At most `count` bytes of a descriptor, fewer when the device has fewer.
    func descriptor(_ type: UInt8, index: UInt8 = 0, count: Int) throws(USBBusFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, min(count, Int(UInt16.max))))
        let length = try USBBusFailure.check(
            libusb_get_descriptor(handle, type, index, &bytes, Int32(bytes.count)))
        return Array(bytes.prefix(length))
    }

    /// A string descriptor in `language`.
    func string(index: UInt8, language: UInt16) throws(USBBusFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 255)
        let length = try USBBusFailure.check(
            libusb_get_string_descriptor(handle, index, language, &bytes, Int32(bytes.count)))
        return Array(bytes.prefix(length))
    }
}
