/// The FNV-1a hash with 64 bits: the same in every process, unlike the standard library's.
struct FowlerNollVo {
    /// The hash of what was fed so far.
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// Feeds bytes.
    mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }
}
