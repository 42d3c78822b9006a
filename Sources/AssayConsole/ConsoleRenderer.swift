package import AssayModel
internal import Mustache

/// Makes pages from templates that are compiled in.
package struct ConsoleRenderer: Sendable {
    /// Who looks at a page.
    package struct Visitor: Sendable, Hashable {
        /// Their name.
        package let name: String
        /// What forms send along, to show that they are of our pages.
        package let formToken: String

        /// Describes somebody who is signed in.
        package init(name: String, formToken: String) {
            self.name = name
            self.formToken = formToken
        }
    }

    private let library: MustacheLibrary

    /// Reads all templates; one that cannot be read ends the program, because it is part of it.
    package init() {
        MustacheContentTypes.register(HTMLText(), named: HTMLText.name)
        var templates: [String: MustacheTemplate] = [:]
        for (file, bytes) in ConsoleFiles.all {
            guard file.hasPrefix("Templates/"), file.hasSuffix(".mustache") else { continue }
            let name = String(file.dropFirst("Templates/".count).dropLast(".mustache".count))
            let text = "{{% CONTENT_TYPE:\(HTMLText.name)}}" + String(decoding: bytes, as: UTF8.self)
            do { templates[name] = try MustacheTemplate(string: text) } catch {
                preconditionFailure("the template \(name) cannot be read: \(error)")
            }
        }
        library = MustacheLibrary(templates: templates)
    }

    /// Names of the templates.
    package func has(_ template: String) -> Bool { library.getTemplate(named: template) != nil }

    /// A whole page as HTML.
    ///
    /// - Parameters:
    ///   - visitor: Who looks at it; nil for somebody who is not signed in.
    ///   - search: What the box for searches holds.
    ///   - done: What was just done, in a sentence.
    package func render(
        _ page: some ConsolePage, for visitor: Visitor?, search: String = "", done: String? = nil, at now: Timestamp
    ) -> String {
        guard let body = library.render(page, withTemplate: type(of: page).template) else {
            preconditionFailure("the template \(type(of: page).template) was compiled in")
        }
        let frame = Frame(
            title: page.title, style: ConsoleFiles.style.path, script: ConsoleFiles.script.path,
            visitor: visitor.map { visitor in
                Frame.Visitor(
                    places: ConsolePlace.allCases.map {
                        Frame.Place(path: $0.path, name: $0.name, isCurrent: $0 == type(of: page).place)
                    }, name: visitor.name, formToken: visitor.formToken, search: search, now: now.description)
            }, done: done, body: body)
        guard let html = library.render(frame, withTemplate: "layout") else {
            preconditionFailure("the template layout was compiled in")
        }
        return html
    }

    /// What the layout names.
    private struct Frame {
        struct Place {
            let path: String
            let name: String
            let isCurrent: Bool
        }

        struct Visitor {
            let places: [Place]
            let name: String
            let formToken: String
            let search: String
            let now: String
        }

        let title: String
        let style: String
        let script: String
        let visitor: Visitor?
        let done: String?
        let body: String
    }
}
