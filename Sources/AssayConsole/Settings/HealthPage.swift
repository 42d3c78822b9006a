/// How the collector itself is.
package struct HealthPage: ConsolePage {
    package static let template = "health"
    package static let place: ConsolePlace? = .settings
    package var title: String { "Health of the collector" }

    /// Something to know, and whether somebody should do something about it.
    package struct Fact: Sendable, Hashable {
        let name: String
        let value: String
        let advice: String?

        /// States a fact.
        package init(_ name: String, _ value: String, advice: String? = nil) {
            self.name = name
            self.value = value
            self.advice = advice
        }
    }

    /// A list that rules judge with.
    package struct List: Sendable, Hashable {
        let title: String
        let id: String
        let date: String
        let age: String
        let entries: Int
        let isOutdated: Bool

        /// Shows a list.
        package init(title: String, id: String, date: String, age: Int, entries: Int, isOutdated: Bool) {
            self.title = title
            self.id = id
            self.date = date
            self.age = age == 1 ? "1 day" : "\(age) days"
            self.entries = entries
            self.isOutdated = isOutdated
        }
    }

    let places: SettingsPlaces
    let store: [Fact]
    let work: [Fact]
    let lists: [List]
    let advice: [String]
    let isWell: Bool

    /// Shows the state.
    package init(places: SettingsPlaces, store: [Fact], work: [Fact], lists: [List]) {
        self.places = places
        self.store = store
        self.work = work
        self.lists = lists
        advice =
            (store + work).compactMap { fact in fact.advice.map { "\(fact.name): \($0)" } }
            + lists.filter(\.isOutdated).map { "\($0.title): the copy is too old to rely on, import a newer one." }
        isWell = advice.isEmpty
    }
}
