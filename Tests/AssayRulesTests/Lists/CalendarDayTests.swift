import Testing

@testable import AssayRules

@Suite struct CalendarDayTests {
    @Test(
        "Days are read in the forms that devices and lists use",
        arguments: [
            ("2026-11-24", "2026-11-24"), ("2026-11", "2026-11-01"), ("2026", "2026-01-01"),
            ("11/24/2026", "2026-11-24"),
            ("2024-02-29", "2024-02-29"), ("2023-W14", "2023-04-03"), ("2020-W53", "2020-12-28"),
            ("2021-W01", "2021-01-04"),
            ("1970-01-01", "1970-01-01"), ("0001-01-01", "0001-01-01"),
        ])
    func reads(_ text: String, _ day: String) throws { #expect(try #require(CalendarDay(text)).description == day) }

    @Test(
        "What is no day is refused",
        arguments: [
            "", "-", "26", "2026-13", "2026-02-30", "2026-W54", "2026-00-10", "20261124", "2026-11-24T10:00",
            "13/01/2026",
            "unknown", "-001-01-01", "0000-01-01",
        ])
    func refuses(_ text: String) { #expect(CalendarDay(text) == nil) }

    @Test func countsDays() throws {
        let day = try #require(CalendarDay("2026-11-24"))
        #expect(day == CalendarDay(secondsSince1970: 1_795_478_400 + 86_399))
        #expect(CalendarDay(secondsSince1970: -1).description == "1969-12-31")
        #expect(try day.days(since: #require(CalendarDay("2026-08-26"))) == 90)
    }
}
