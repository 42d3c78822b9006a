internal import AssayModel

/// Whose parts a list of approved suppliers allows, once supplier graphs have said who belongs to whom.
///
/// An approved company stands for its places and for the companies that it owns by half or more; an approved place stands
/// for itself.
struct SupplierApproval: Sendable {
    private let names: Set<String>
    private let companies: Set<SupplierDirectory.Company>
    private let places: Set<SupplierDirectory.Company>
    private let directory: SupplierDirectory

    /// Takes the names on the list.
    init(_ approved: [String], _ directory: SupplierDirectory) {
        self.directory = directory
        names = Set(approved.map(FieldText.foldWords))
        // A name that several companies share approves none of them.
        let named = approved.map(directory.companies).filter { Set($0.map(\.identity)).count == 1 }.joined()
        places = Set(named.filter { $0.site != nil })
        companies = directory.controlled(by: Array(named))
    }

    /// Whether a supplier, as a record names it, is approved.
    func covers(_ supplier: String) -> Bool {
        if names.contains(FieldText.foldWords(supplier)) { return true }
        let meant = directory.companies(named: supplier)
        return !meant.isEmpty && meant.allSatisfy { places.contains($0) || companies.contains($0.identity) }
    }

    /// What supplier graphs say of a supplier who is not approved.
    func notes(on supplier: String) -> [String] {
        directory.companies(named: supplier).map { company in
            let known = directory.supplier(company)
            let owners = directory.owners(of: company)
            return "supplier graph \(directory.graph(of: company)) knows it as \(known.name)"
                + (known.tier.map { ", tier \($0)" } ?? "") + (owners.isEmpty ? "" : ", \(owners)")
        }
    }
}
