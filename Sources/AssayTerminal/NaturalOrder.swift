/// Order of names as people count: `DIMM_A2` before `DIMM_A10`.
public enum NaturalOrder {
    /// Whether `left` stands before `right`: runs of digits compare by value, everything else by its bytes.
    public static func precedes(_ left: String, _ right: String) -> Bool {
        var first = Array(left.utf8)[...]
        var second = Array(right.utf8)[...]
        while let one = first.first, let other = second.first {
            if isDigit(one), isDigit(other) {
                let number = takeNumber(&first)
                let otherNumber = takeNumber(&second)
                if number.count != otherNumber.count { return number.count < otherNumber.count }
                if number != otherNumber { return number.lexicographicallyPrecedes(otherNumber) }
            } else if one != other {
                return one < other
            } else {
                first.removeFirst()
                second.removeFirst()
            }
        }
        guard first.isEmpty, second.isEmpty else { return first.isEmpty }
        // Equal but for leading zeros.
        return left < right
    }

    private static func takeNumber(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = text.prefix { isDigit($0) }
        text = text.dropFirst(digits.count)
        return digits.drop { $0 == 0x30 }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
