internal import AssayAccounts
internal import AssayConsole
internal import AssayModel
internal import AssayStore
internal import Hummingbird

/// Somebody who is signed in, on a page.
struct ConsoleVisit: Sendable {
    /// The account.
    let account: Account
    /// The session's secret.
    let secret: SessionSecret
    /// When the page was asked for.
    let now: Timestamp

    /// Who they are for permissions.
    var principal: Principal { Principal(account) }

    /// Who they are for the audit trail.
    var actor: Actor { Actor(principal.actorName, at: now) }

    /// Whether they may do something: what they may not is not offered.
    func may(_ permission: Permission) -> Bool { principal.may(permission) }

    /// What every form sends along.
    var formToken: String { secret.formToken }
}

/// What a page's route gives back.
enum ConsoleAnswer: Sendable {
    /// A page.
    case page(any ConsolePage, search: String = "")
    /// A file to keep, written as it is made.
    case file(name: String, type: String, body: ResponseBody)
    /// Another page to go to, and what to say there: a word of ``ConsoleNotice``.
    case go(to: String, notice: ConsoleNotice? = nil)
}

/// What was just done; the address of the next page carries the word, so that no text in it is anybody's but ours.
enum ConsoleNotice: String, Sendable, CaseIterable {
    case passwordChanged = "password-changed"
    case factorOn = "factor-on"
    case factorOff = "factor-off"
    case signedOutElsewhere = "signed-out-elsewhere"
    case acknowledged
    case waived
    case unwaived
    case settled
    case saved
    case imported
    case revoked
    case closed

    /// The sentence.
    var text: String {
        switch self {
        case .passwordChanged: "The password is changed."
        case .factorOn: "The second factor is on."
        case .factorOff: "The second factor is off."
        case .signedOutElsewhere: "You are signed out everywhere else."
        case .acknowledged: "Acknowledged."
        case .waived: "Waived. The devices are evaluated again with it."
        case .unwaived: "The waiver has ended."
        case .settled: "Settled."
        case .saved: "Saved."
        case .imported: "Imported."
        case .revoked: "Revoked."
        case .closed: "Closed."
        }
    }
}
