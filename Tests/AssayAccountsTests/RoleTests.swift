import AssayAccounts
import Testing

/// What roles may do.
struct RoleTests {
    @Test func everyRoleSeesAndOnlyAdminsDecide() {
        for role in Role.allCases { #expect(role.permissions.contains(.view)) }
        #expect(Role.allCases.filter { $0.permissions.contains(.administer) } == [.admin])
        #expect(Role.admin.permissions == Set(Permission.allCases))
    }

    @Test func auditorsChangeNothingAndLeaveAgain() {
        #expect(Role.auditor.permissions.isDisjoint(with: [.triage, .register, .administer]))
        #expect(Role.allCases.filter(\.mustEnd) == [.auditor])
    }
}
