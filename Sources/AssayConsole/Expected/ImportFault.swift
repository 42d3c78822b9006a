package import AssayModel

/// What is wrong with one place of a file that somebody wants to import.
package struct ImportFault: Sendable, Hashable {
    let row: String?
    let column: String?
    let place: String?
    let detail: String

    /// Shows a fault; a table's place is `row 3, column serial`.
    package init(_ failure: RecordFailure) {
        detail = failure.detail
        guard failure.field.hasPrefix("row ") else {
            row = nil
            column = nil
            place = failure.field.isEmpty ? "the whole file" : failure.field
            return
        }
        let words = failure.field.dropFirst("row ".count)
        let number = words.prefix { $0 != "," }
        row = String(number)
        let name = words.dropFirst(number.count)
        column = name.hasPrefix(", column ") ? String(name.dropFirst(", column ".count)) : nil
        place = nil
    }
}
