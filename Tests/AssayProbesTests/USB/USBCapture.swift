/// A capture of control requests and answers in the pcap form of usbmon (link type 220, Documentation/usb/usbmon.rst).
struct USBCapture {
    /// The file so far.
    private(set) var bytes: [UInt8] = []
    private let bus: UInt16
    private let device: UInt8
    private var count: UInt64 = 0

    init(bus: UInt16, device: UInt8) {
        self.bus = bus
        self.device = device
        append(UInt32(0xa1b2_c3d4))
        append(UInt16(2))
        append(UInt16(4))
        append(UInt64(0))
        append(UInt32(65535))
        append(UInt32(220))
    }

    /// Adds one GET_DESCRIPTOR request and its answer.
    mutating func answer(
        type: UInt8, index: UInt8 = 0, language: UInt16 = 0, length: UInt16, _ data: [UInt8]
    ) {
        count += 1
        let setup: [UInt8] =
            [
                0x80, 6, index, type, UInt8(language & 0xff), UInt8(language >> 8), UInt8(length & 0xff),
                UInt8(length >> 8),
            ]
        packet("S", setup: setup, status: -115, length: UInt32(length), data: [])
        packet("C", setup: nil, status: 0, length: UInt32(data.count), data: data)
    }

    private mutating func packet(
        _ event: Unicode.Scalar, setup: [UInt8]?, status: Int32, length: UInt32, data: [UInt8]
    ) {
        append(UInt32(0))
        append(UInt32(0))
        append(UInt32(64 + data.count))
        append(UInt32(64 + data.count))
        append(count)
        bytes += [UInt8(event.value), 2, 0x80, device]
        append(bus)
        bytes += [setup == nil ? UInt8(ascii: "-") : 0, data.isEmpty ? UInt8(ascii: "<") : 0]
        append(count)
        append(UInt32(0))
        append(UInt32(bitPattern: status))
        append(length)
        append(UInt32(data.count))
        bytes += setup ?? [UInt8](repeating: 0, count: 8)
        append(UInt64(0))
        append(UInt64(0))
        bytes += data
    }

    private mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
}
