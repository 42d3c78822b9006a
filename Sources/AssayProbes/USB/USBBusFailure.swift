internal import AssayModel
internal import CLibUSB

/// Why libusb could not do what was asked.
struct USBBusFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// A `LIBUSB_ERROR_…` number.
    let code: Int32

    /// Wraps a negative result.
    init(code: Int32) { self.code = code }

    /// Whether the device node may not be opened.
    var isDenied: Bool { code == LIBUSB_ERROR_ACCESS.rawValue }

    /// The kind of gap that the failure leaves.
    var gapKind: Gap.Kind {
        switch code {
        case LIBUSB_ERROR_ACCESS.rawValue: .denied
        case LIBUSB_ERROR_TIMEOUT.rawValue: .timedOut
        case LIBUSB_ERROR_NOT_SUPPORTED.rawValue: .unsupported
        case LIBUSB_ERROR_NO_DEVICE.rawValue, LIBUSB_ERROR_NOT_FOUND.rawValue: .absent
        default: .ioError
        }
    }

    /// The failure in libusb's words.
    var description: String { String(cString: libusb_error_name(code)) }

    /// Throws when `result` is negative.
    @discardableResult
    static func check(_ result: Int32) throws(USBBusFailure) -> Int {
        guard result >= 0 else { throw USBBusFailure(code: result) }
        return Int(result)
    }
}
