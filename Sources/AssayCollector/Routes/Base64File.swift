internal import AssayReport

/// A file in base64 inside of a body, since a signature is over its very bytes and a record may be of any form.
struct Base64File: Decodable {
    let bytes: [UInt8]

    init(from decoder: any Decoder) throws {
        let values = try decoder.singleValueContainer()
        guard let bytes = Base64.decode(try values.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: values, debugDescription: "is no base64")
        }
        self.bytes = bytes
    }
}
