/// Words in one line, put together without a list of them.
struct WordLine {
    private(set) var text = ""
    private(set) var isEmpty = true

    /// Appends a word, behind a blank where it is not the first.
    mutating func add(_ word: String, _ more: String = "", _ rest: String = "") {
        if !isEmpty { text += " " }
        text += word
        text += more
        text += rest
        isEmpty = false
    }
}
