import Testing

@testable import AssayTerminal

@Suite struct TextTableTests {
    @Test func alignsAndLeavesOutEmptyColumns() {
        var table = TextTable(["NAME", "SERIAL", "SIZE"], alignments: [.left, .left, .right])
        table.append(["disk", nil, "10"])
        table.append(["network", "", "9,999"])
        #expect(table.render() == "NAME      SIZE\ndisk        10\nnetwork  9,999\n")
    }

    @Test func shortensTheWidestColumn() {
        var table = TextTable(["A", "B"])
        table.append(["x", String(repeating: "y", count: 60)])
        let lines = table.render(limit: 30).split(separator: "\n").map(String.init)
        #expect(lines.last == "x  " + String(repeating: "y", count: 26) + "…")
    }

    @Test("columns give way in the order asked for, the others never") func shortensInOrder() {
        var table = TextTable(["PLACE", "MODEL", "PART"], shortened: [["MODEL"], ["PART"]])
        let place = String(repeating: "p", count: 30)
        table.append([place, String(repeating: "m", count: 20), String(repeating: "n", count: 20)])
        #expect(table.render(limit: 70).contains("\(place)  mmmmmmmmmmmmmmm…  nnnnnnnnnnnnnnnnnnnn\n"))
        #expect(table.render(limit: 20).contains("\(place)  mmmmmmmmmmm…  nnnnnnnnnnn…\n"))
    }

    @Test("programs get every column, empty or not, and headings without rows") func programs() {
        var table = TextTable(["A", "B"])
        #expect(table.renderForPrograms() == "A  B\n")
        table.append([nil, "x"])
        #expect(table.renderForPrograms() == "A  B\n–  x\n")
    }

    @Test func emptyTableIsNothing() {
        #expect(TextTable(["A"]).render() == "")
    }

    @Test(arguments: [(0, "0 B"), (1023, "1023 B"), (1536, "1.5 KiB"), (1_048_575, "1.0 MiB"), (5 << 30, "5.0 GiB")])
    func bytes(_ count: Int64, _ text: String) { #expect(Quantity.bytes(count) == text) }

    @Test(arguments: [(59, "59 s"), (60, "1 min"), (200, "3 min 20 s"), (7500, "2 h 5 min")])
    func seconds(_ seconds: Int, _ text: String) { #expect(Quantity.seconds(seconds) == text) }

    @Test(arguments: [(7, "7"), (1234, "1,234"), (-1_234_567, "-1,234,567")])
    func counts(_ number: Int, _ text: String) { #expect(Quantity.count(number) == text) }
}
