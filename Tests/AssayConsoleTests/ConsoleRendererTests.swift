import AssayConsole
import AssayModel
import Testing

/// Whole pages.
struct ConsoleRendererTests {
    private static let now = Timestamp(seconds: 1_700_000_000)
    private static let renderer = ConsoleRenderer()

    @Test func namesOfAnybodyAreHarmless() {
        let name = "<img src=x onerror=alert(1)>\u{202e}"
        let html = Self.renderer.render(
            SignInPage(problem: name, name: name, next: "/\"><script>", asksCode: true, provider: name),
            for: .init(name: name, formToken: "t"), search: name, done: name, at: Self.now)
        #expect(!html.contains("<img"))
        #expect(!html.contains("\"><script>"))
        #expect(!html.contains("\u{202e}"))
        #expect(html.contains("&lt;img src=x onerror=alert(1)&gt;\\u{202e}"))
    }

    @Test func nobodyGetsANavigationBeforeSigningIn() {
        let html = Self.renderer.render(SignInPage(), for: nil, at: Self.now)
        #expect(!html.contains("<nav"))
        #expect(!html.contains("Sign out"))
        #expect(html.contains("<title>Sign in – Assay</title>"))
    }

    @Test func everyFileIsServedByANameOfItsContent() {
        #expect(ConsoleFiles.style.path.hasPrefix("/static/console."))
        #expect(ConsoleFiles.script.path.hasSuffix(".js"))
        // What a first page costs a slow line.
        #expect(ConsoleFiles.style.bytes.count + ConsoleFiles.script.bytes.count <= 60_000)
    }

    @Test("no page of ours breaks the security policy", arguments: [ConsoleFiles.style, ConsoleFiles.script])
    func assets(_ asset: ConsoleFiles.Asset) {
        let text = String(decoding: asset.bytes, as: UTF8.self)
        for word in ["http://", "https://", "@import", "eval(", "innerHTML"] { #expect(!text.contains(word)) }
    }
}
