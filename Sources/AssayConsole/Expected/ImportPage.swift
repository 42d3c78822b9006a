/// Takes records in any form, and says by row and column what is wrong with them.
package struct ImportPage: ConsolePage {
    package static let template = "import"
    package static let place: ConsolePlace? = .expected
    package var title: String { "Import records" }

    /// What a document of the file would become.
    package struct Preview: Sendable, Hashable {
        let noun: String
        let id: String
        let effect: String

        /// Shows what would become of a document.
        package init(noun: String, id: String, effect: String) {
            self.noun = noun
            self.id = id
            self.effect = effect
        }
    }

    /// A form to choose.
    struct Choice: Sendable, Hashable {
        let word: String
        let isChosen: Bool
    }

    let problem: String?
    let faults: [ImportFault]
    let hasFaults: Bool
    let preview: [Preview]
    let hasPreview: Bool
    let morePreview: Int?
    let forms: [Choice]
    let text: String
    let map: String
    let formToken: String

    /// Most documents that a preview names.
    private static let previewLimit = 100

    /// Asks for a file, or says what would come of the one that was sent.
    ///
    /// - Parameters:
    ///   - forms: Forms that can be chosen.
    ///   - form: The one that was; empty where the content decides.
    ///   - map: Columns of a table as they were entered, so that nobody types them twice.
    package init(
        problem: String? = nil, faults: [ImportFault] = [], preview: [Preview] = [], forms: [String], form: String = "",
        text: String = "", map: String = "", formToken: String
    ) {
        self.problem = problem
        self.faults = faults
        hasFaults = !faults.isEmpty
        self.preview = Array(preview.prefix(Self.previewLimit))
        hasPreview = !preview.isEmpty
        morePreview = preview.count > Self.previewLimit ? preview.count - Self.previewLimit : nil
        self.forms = forms.map { Choice(word: $0, isChosen: $0 == form) }
        // A page shows no more of a text than that; what is longer is sent as a file again.
        self.text = text.utf8.count <= HTMLText.limit ? text : ""
        self.map = map.utf8.count <= HTMLText.limit ? map : ""
        self.formToken = formToken
    }
}
