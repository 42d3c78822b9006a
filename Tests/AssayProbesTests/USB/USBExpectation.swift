import AssayTestKit
import FoundationEssentials

/// One device of the corpus, with the walk of its descriptors that another program made.
struct USBExpectation: Decodable {
    /// One descriptor of the walk; which fields are there depends on the type.
    struct Step: Decodable {
        var type: UInt8
        var number: UInt8?
        var alternate: UInt8?
        var cls: UInt8?
        var subclass: UInt8?
        var `protocol`: UInt8?
        var address: String?
        var attributes: String?
        var maxPacket: UInt16?
        var interval: UInt8?
        var maxPower: Int?
    }

    /// The descriptors of the device.
    struct Descriptors: Decodable {
        var length: Int
        var sequence: [Step]
    }

    var path: String
    var idVendor: String
    var idProduct: String
    var bcdDevice: String
    var manufacturer: String?
    var product: String?
    var serial: String?
    var speed: String
    var descriptors: Descriptors
    var usbguardHash: String

    private enum CodingKeys: String, CodingKey {
        case path, idVendor, idProduct, bcdDevice, manufacturer, product, serial, speed, descriptors
        case usbguardHash = "usbguard_hash"
    }

    /// Kernel name of the device.
    var name: String { String(path.split(separator: "/").last ?? "") }

    /// Recordings that have expectations, by name without suffix.
    static var recordings: [String] {
        (Corpus.files(in: "usb/libfprint", suffix: ".expected.json")
            + Corpus.files(in: "usb/umockdev", suffix: ".expected.json")).map { String($0.dropLast(14)) }
    }

    /// The devices of a recording.
    static func read(_ recording: String) throws -> [USBExpectation] {
        try JSONDecoder().decode([USBExpectation].self, from: Data(try Corpus.bytes(recording + ".expected.json")))
    }
}
