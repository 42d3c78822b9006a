internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayReport
internal import AssayStore
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Signing in and out, taking up an invitation, and a person's own account.
struct AccessPages: Sendable {
    private static let issuer = "Assay"

    let store: any Store
    let people: People
    let signIn: SignIn
    let server: ConsoleServer

    /// Adds the pages.
    func add(to table: ConsoleRouteTable) {
        for asset in [ConsoleFiles.style, ConsoleFiles.script] {
            table.open(.get, asset.path) { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable"],
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: asset.bytes)))
            }
        }
        table.open(.get, "/sign-in", showSignIn)
        table.open(.post, "/sign-in", takeSignIn)
        table.open(.get, "/setup/{secret}", showSetup)
        table.open(.post, "/setup/{secret}", takeSetup)
        table.form("/sign-out", for: .view) { _, _, visit in
            _ = try await store.endSession(visit.secret.hash, by: visit.actor)
            return .go(to: "/sign-in")
        }
        table.page("/account") { _, _, visit in .page(try await account(visit)) }
        table.form("/account/password", for: .view, changePassword)
        table.form("/account/second-factor", for: .view, addFactor)
        table.form("/account/second-factor/remove", for: .view) { form, _, visit in
            try await attempt(visit, notice: .factorOff) {
                try await people.removeSecondFactor(
                    of: visit.account, password: form.verbatim("password"), by: visit.actor)
            }
        }
        table.form("/account/sign-out-others", for: .view) { _, _, visit in
            _ = try await store.endSessions(of: visit.account.id, except: visit.secret.hash, by: visit.actor)
            return .go(to: "/account", notice: .signedOutElsewhere)
        }
    }

    // MARK: Signing in

    private func showSignIn(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let next = ConsoleServer.ownPath(request.query("next"))
        if try await server.visit(request) != nil { return ConsoleServer.redirect(to: next) }
        return server.html(SignInPage(next: next), for: nil)
    }

    private func takeSignIn(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let form = try await FormBody.read(request)
        try Self.checkOrigin(request)
        let attempt = SignIn.Attempt(
            name: form["name"], password: form.verbatim("password"), code: form["code"],
            address: Self.address(context), agent: request.headers[.userAgent] ?? "unknown browser")
        let next = ConsoleServer.ownPath(form["next"])
        do {
            let (secret, _) = try await signIn.begin(attempt, at: .now)
            return ConsoleServer.redirect(to: next, setting: secret.setCookie)
        } catch let refusal as SignIn.Refusal {
            let (words, status) = Self.words(for: refusal)
            let asksCode = refusal == .codeRequired || refusal == .wrongCode
            let page = SignInPage(problem: words, name: attempt.name, next: next, asksCode: asksCode)
            return server.html(page, status: status, for: nil)
        }
    }

    private static func words(for refusal: SignIn.Refusal) -> (String, HTTPResponse.Status) {
        switch refusal {
        case .wrong: ("Name or password is wrong.", .unauthorized)
        case .codeRequired: ("Enter the password again, and the code of your authenticator program.", .unauthorized)
        case .wrongCode: ("The code is wrong, or was used already: wait for the next one.", .unauthorized)
        case .tooMany(let seconds): ("Too many attempts. Try again in \(seconds) s.", .tooManyRequests)
        }
    }

    /// A page of another site cannot sign somebody in as somebody else: browsers say where a form comes from.
    private static func checkOrigin(_ request: Request) throws(Problem) {
        let site = request.headers.first { $0.name.canonicalName == "sec-fetch-site" }?.value
        guard site == nil || site == "same-origin" || site == "none" else { throw .formTokenRequired }
    }

    private static func address(_ context: CollectorContext) -> String {
        context.channel.remoteAddress?.ipAddress ?? "unknown"
    }

    // MARK: Invitations

    private func showSetup(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let (isValid, account) = try await people.invited(context.parameters.get("secret") ?? "", at: .now)
        guard isValid else { throw Self.invitationGone }
        return server.html(
            SetupPage(
                isFirst: account == nil, name: account?.name ?? "", minimumLength: PasswordRules.minimumLength),
            for: nil)
    }

    private func takeSetup(_ request: Request, _ context: CollectorContext) async throws -> Response {
        let form = try await FormBody.read(request)
        try Self.checkOrigin(request)
        let now = Timestamp.now
        let secret = context.parameters.get("secret") ?? ""
        let address = Self.address(context)
        if let seconds = signIn.limiter.secondsToWait(for: address) { throw Problem.rateLimited(after: seconds) }
        let (isValid, known) = try await people.invited(secret, at: now)
        guard isValid else { throw Self.invitationGone }
        do {
            guard form.verbatim("password") == form.verbatim("again") else {
                throw CollectorFailure(.usage, "the two passwords are not the same")
            }
            let account = try await people.accept(
                secret, name: form["name"], password: form.verbatim("password"), at: now)
            let agent = request.headers[.userAgent] ?? "unknown browser"
            let attempt = SignIn.Attempt(name: account.name, password: "", address: address, agent: agent)
            let session = try await signIn.open(account, attempt, step: nil, at: now)
            return ConsoleServer.redirect(to: "/", setting: session.setCookie)
        } catch let failure as CollectorFailure where failure.code == .usage {
            let page = SetupPage(
                isFirst: known == nil, name: known?.name ?? form["name"], problem: failure.sentence,
                minimumLength: PasswordRules.minimumLength)
            return server.html(page, status: .unprocessableContent, for: nil)
        }
    }

    private static let invitationGone = Problem(
        "invitation-gone", .gone, "This link has been used or is too old",
        "Ask an admin for another, or make one with assay-collector people invite.")

    // MARK: The own account

    private func account(_ visit: ConsoleVisit, problem: String? = nil) async throws -> AccountPage {
        let account = visit.account
        let sessions = try await store.sessions(of: account.id, at: visit.now).map { session in
            AccountPage.SessionView(
                origin: session.origin, isThis: session.secretHash == visit.secret.hash,
                began: MomentView(session.createdAt, at: visit.now), used: MomentView(session.usedAt, at: visit.now))
        }
        let factor = OneTimePassword()
        let new = AccountPage.NewFactor(
            text: factor.secretText, field: Base64.encodeURLSafe(factor.secret),
            link: factor.link(account: account.name, issuer: Self.issuer))
        return AccountPage(
            name: account.name, role: account.role.rawValue, accessEnds: account.accessEnds?.description,
            problem: problem, formToken: visit.formToken, minimumLength: PasswordRules.minimumLength,
            newFactor: account.oneTimeSecret == nil ? new : nil, sessions: sessions)
    }

    private func changePassword(
        _ form: FormBody, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        try await attempt(visit, notice: .passwordChanged) {
            guard form.verbatim("new") == form.verbatim("again") else {
                throw CollectorFailure(.usage, "the two new passwords are not the same")
            }
            try await people.changePassword(
                of: visit.account, from: form.verbatim("old"), to: form.verbatim("new"),
                keeping: visit.secret.hash, by: visit.actor)
        }
    }

    private func addFactor(
        _ form: FormBody, _ context: CollectorContext, _ visit: ConsoleVisit
    ) async throws -> ConsoleAnswer {
        try await attempt(visit, notice: .factorOn) {
            guard let secret = Base64.decodeURLSafe(form["secret"]), secret.count == OneTimePassword().secret.count
            else {
                throw CollectorFailure(.usage, "the form is out of date")
            }
            try await people.setSecondFactor(
                secret, code: form["code"], of: visit.account, password: form.verbatim("password"), by: visit.actor)
        }
    }

    /// Does something to the own account, and shows what is wrong on its page.
    private func attempt(
        _ visit: ConsoleVisit, notice: ConsoleNotice, _ body: () async throws -> Void
    ) async throws -> ConsoleAnswer {
        // Who holds a session could try passwords here instead of at the sign-in.
        if let seconds = signIn.limiter.secondsToWait(for: "account \(visit.account.id)") {
            throw Problem.rateLimited(after: seconds)
        }
        do {
            try await body()
            return .go(to: "/account", notice: notice)
        } catch let failure as CollectorFailure where failure.code == .usage {
            return .page(try await account(visit, problem: failure.sentence))
        }
    }
}

extension CollectorFailure {
    /// What is wrong, as a sentence on a page.
    var sentence: String {
        let text = description.prefix(1).uppercased() + description.dropFirst()
        let advice = nextStep.map { "; \($0)" } ?? ""
        return text + advice + "."
    }
}
