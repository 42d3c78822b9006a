/// Every rule of an evaluation, in one explicit list.
package enum RuleCatalog {
    /// Rules over the inventory that need nothing but the inventory and its records; ``Evaluation`` adds those that
    /// work with lists.
    package static let all: [any Rule] = [
        WrongUnitRule(), MissingRecordRule(), UnexpectedComponentRule(), MissingComponentRule(),
        MismatchedComponentRule(),
        FirmwareOutOfRangeRule(), DuplicateInDeviceRule(), NotVerifiableRule(), UnapprovedSupplierRule(),
        USBInterfaceRule(),
        SecureBootOffRule(), BootStateRule(),
        ComponentChangedRule(), FirmwareChangedRule(), PackageChangedRule(), BootChangedRule(),
    ]

    /// Rules over files, which are fed one by one.
    package static let files: [any FileRule] = [UnknownBinaryRule(), ModifiedPackageFileRule()]

    /// What every rule is, in the order of its id.
    package static let descriptors: [RuleDescriptor] =
        (all.map { type(of: $0).descriptor } + files.map { type(of: $0).descriptor } + [FileChanges.descriptor]
        + [
            SignalRule.descriptor, RestrictedSupplierRule.descriptor, RestrictedOriginRule.descriptor,
            SupplierPaperRule.descriptor, OutdatedListRule.descriptor,
        ]
        + FleetRules.all.map { type(of: $0).descriptor } + [PopulationChange.descriptor])
        .sorted { $0.id < $1.id }

    /// The rule with an id; nil when there is none.
    package static func descriptor(_ id: String) -> RuleDescriptor? { descriptors.first { $0.id == id } }
}
