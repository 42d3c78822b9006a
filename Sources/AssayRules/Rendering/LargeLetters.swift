/// The words of a verdict in letters of five lines, to be read from the far end of a bench.
enum LargeLetters {
    private static let shapes: [Character: [String]] = [
        "A": [" ### ", "#   #", "#####", "#   #", "#   #"],
        "C": [" ####", "#    ", "#    ", "#    ", " ####"],
        "D": ["#### ", "#   #", "#   #", "#   #", "#### "],
        "E": ["#####", "#    ", "#### ", "#    ", "#####"],
        "F": ["#####", "#    ", "#### ", "#    ", "#    "],
        "I": ["###", " # ", " # ", " # ", "###"],
        "L": ["#    ", "#    ", "#    ", "#    ", "#####"],
        "N": ["#   #", "##  #", "# # #", "#  ##", "#   #"],
        "O": [" ### ", "#   #", "#   #", "#   #", " ### "],
        "P": ["#### ", "#   #", "#### ", "#    ", "#    "],
        "R": ["#### ", "#   #", "#### ", "#  # ", "#   #"],
        "S": [" ####", "#    ", " ### ", "    #", "#### "],
        "T": ["#####", "  #  ", "  #  ", "  #  ", "  #  "],
        " ": ["   ", "   ", "   ", "   ", "   "],
    ]

    /// Five lines that spell `text`; a letter without a shape is left out.
    static func lines(_ text: String) -> [String] {
        let letters = text.compactMap { shapes[$0] }
        return (0..<5).map { row in letters.map { $0[row] }.joined(separator: "  ") }
    }
}
