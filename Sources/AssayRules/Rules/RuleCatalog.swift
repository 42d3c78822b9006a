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

    /// Why findings of rules that are data, or belong to records and reports, matter; by the beginning of their ids.
    private static let families = [
        ("signal/", SignalRule.descriptor.matters),
        ("record/", "What a unit is compared with must itself be beyond doubt."),
        ("report/", "A report that cannot be read in full may hide what it does not show."),
        ("evaluation/", "Until the last report is judged, the verdict is about an older one."),
        ("chain/", "Reports that do not follow each other were lost, withheld, or come from somewhere else."),
    ]

    /// Why a violation of a rule matters; nil for a rule that is not known.
    package static func matters(_ id: String) -> String? {
        descriptor(id)?.matters ?? families.first { id.hasPrefix($0.0) }?.1
    }
}
