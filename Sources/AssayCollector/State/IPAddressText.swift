internal import Foundation

/// Text forms of network addresses.
enum IPAddressText {
    /// The 4 or 16 bytes of an address; throws for a host name.
    static func bytes(_ text: String) throws -> [UInt8] {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var sixteen = in6_addr()
        if inet_pton(AF_INET6, text, &sixteen) == 1 { return withUnsafeBytes(of: sixteen) { Array($0) } }
        throw CollectorFailure(.usage, "\(text) is not an address")
    }
}
