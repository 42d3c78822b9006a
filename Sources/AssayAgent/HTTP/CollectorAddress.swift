/// Where a collector answers: `https://host[:port]`.
package struct CollectorAddress: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The address without a trailing slash.
    package let description: String
    /// Host name or address, brackets of IPv6 left out.
    package let host: String

    /// Reads an address as an operator writes it.
    package init(_ text: String) throws(DeliveryFailure) {
        func refuse(_ reason: String) -> DeliveryFailure {
            DeliveryFailure(.badAddress, "\(text.prefix(200)): \(reason); write https://host:port")
        }
        guard text.utf8.count <= 512 else { throw refuse("too long") }
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw refuse("blanks or other characters") }
        guard text.lowercased().hasPrefix("https://") else { throw refuse("only https is spoken") }
        var rest = text.dropFirst(8)
        while rest.last == "/" { rest.removeLast() }
        guard !rest.contains(where: { "/?#@\\".contains($0) }) else { throw refuse("more than a host and a port") }
        guard let (host, port) = Self.split(rest), Self.isHost(host) else { throw refuse("no host") }
        if let port {
            guard let number = UInt16(port), number > 0, String(number) == port else { throw refuse("no such port") }
        }
        self.host = host
        description = "https://\(rest)"
    }

    /// Whether the address is on this machine, where no proxy stands between.
    var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    /// Reads the text form and refuses anything else.
    package init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the text form.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func split(_ text: Substring) -> (host: String, port: String?)? {
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let rest = text[text.index(after: end)...]
            guard rest.isEmpty || rest.first == ":" else { return nil }
            return (String(text[..<end].dropFirst()), rest.isEmpty ? nil : String(rest.dropFirst()))
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { return nil }
        return (String(parts[0]), parts.count == 2 ? String(parts[1]) : nil)
    }

    private static func isHost(_ host: String) -> Bool {
        !host.isEmpty
            && host.utf8.allSatisfy {
                (0x30...0x3a).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
                    || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
            }
    }
}
