import AssayAccounts
import Testing

/// Who asks, in the audit trail and for permissions.
struct PrincipalTests {
    @Test func programsAndPeopleAreToldApartInTheAuditTrail() {
        #expect(Principal(.token("T1"), name: "mes", permissions: [.view]).actorName == "operator:T1")
        #expect(Principal(.session(account: "A1"), name: "robin", permissions: []).actorName == "person:A1")
    }

    @Test func nobodyMayMoreThanTheyHave() {
        let principal = Principal(.token("T1"), name: "mes", permissions: [.view, .register])
        #expect(Permission.allCases.filter(principal.may) == [.view, .register])
    }
}
