/// One field of a structure in words: the name and value that Linux tools print for it.
package struct SMBIOSAttribute: Sendable, Hashable {
    /// Name of the field: `Bank Locator`.
    package var name: String
    /// Value in words; nil when the structure says that it is not specified or unknown.
    package var value: String?
    /// Items of a list.
    package var items: [String] = []
    /// The size in bytes, for a field that is one.
    package var byteCount: UInt64?
    /// The number in the structure, for an enumerated value without a name that we know.
    package var code: UInt16?
}
