import Testing

@testable import AssayModel

@Suite struct TimestampTests {
    @Test(
        "the calendar holds in both directions",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_769_860_800, "2026-01-31T12:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] as [(Int64, String)])
    func calendar(_ seconds: Int64, _ text: String) {
        #expect(Timestamp(seconds: seconds).description == text)
        #expect(Timestamp(text) == Timestamp(seconds: seconds))
        #expect(Timestamp.isCanonical(text))
    }

    @Test("every day of four centuries has its number") func everyDay() {
        var number = CivilDay(year: 1895, month: 1, day: 1).number
        for year in 1895..<2296 {
            for month in 1...12 {
                for day in 1...CivilDay.count(year: year, month: month) {
                    let civil = CivilDay(year: year, month: month, day: day)
                    guard civil.number == number, CivilDay(number: number) == civil else {
                        Issue.record("\(civil) is not day \(number)")
                        return
                    }
                    number += 1
                }
            }
        }
        #expect(number == CivilDay(year: 2296, month: 1, day: 1).number)
    }

    @Test(
        "RFC 3339 text is read with any offset and fraction",
        arguments: [
            ("2026-01-31T12:00:00Z", 0), ("2026-01-31T13:00:00+01:00", 0), ("2026-01-31T12:00:00.000Z", 0),
            ("2026-01-31t12:00:00z", 0), ("2026-01-31T06:30:00-05:30", 0), ("2026-01-31T12:00:00.25Z", 250),
            ("2026-01-31T12:00:00.1239999Z", 123), ("2026-01-31T11:59:60Z", 0),
        ] as [(String, Int64)])
    func reads(_ text: String, _ rest: Int64) {
        #expect(Timestamp(text) == Timestamp(milliseconds: 1_769_860_800_000 + rest))
    }

    @Test(
        "what is no moment is not read",
        arguments: [
            "", "2026", "2026-01-31", "2026-01-31T12:00:00", "2026-02-29T12:00:00Z", "2026-13-01T12:00:00Z",
            "2026-00-01T12:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T12:00:61Z",
            "2026-01-31 12:00:00Z", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00+24:00", "2026-01-31T12:00:00Zx",
            "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "２026-01-31T12:00:00Z",
            "+026-01-31T12:00:00Z",
        ])
    func rejects(_ text: String) { #expect(Timestamp(text) == nil) }

    @Test(
        "the contract has one form alone",
        arguments: [
            "2026-01-31T12:00:00.000Z", "2026-01-31T13:00:00+01:00", "2026-01-31t12:00:00Z", "2026-02-30T12:00:00Z",
            "2026-01-31T12:00:00z",
        ])
    func canonical(_ text: String) { #expect(!Timestamp.isCanonical(text)) }

    @Test func momentsBeyondTheCalendarAreHeldAtItsEnds() {
        #expect(Timestamp(seconds: .max).description == "9999-12-31T23:59:59Z")
        #expect(Timestamp(milliseconds: .min).description == "0001-01-01T00:00:00Z")
        #expect(Timestamp(milliseconds: -1).description == "1969-12-31T23:59:59Z")
        #expect(Timestamp(milliseconds: .max).adding(.seconds(1)).milliseconds == .max)
        #expect(Timestamp(milliseconds: 0).adding(.seconds(Int64.min)).milliseconds == .min)
        #expect(Timestamp(seconds: 10).adding(.milliseconds(1500)) == Timestamp(milliseconds: 11_500))
        #expect(Timestamp(year: 2026, month: 2, day: 29, hour: 0, minute: 0, second: 0) == nil)
    }

    @Test func documentsCarryTheText() throws {
        let moment = Timestamp(seconds: 1_769_860_800)
        let json = try CanonicalJSON.encode([moment])
        #expect(String(decoding: json, as: UTF8.self) == #"["2026-01-31T12:00:00Z"]"#)
        #expect(try CanonicalJSON.decode([Timestamp].self, from: json) == [moment])
        #expect(throws: (any Error).self) { try CanonicalJSON.decode([Timestamp].self, from: Array(#"["soon"]"#.utf8)) }
    }
}
