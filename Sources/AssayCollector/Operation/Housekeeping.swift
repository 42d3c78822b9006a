internal import AssayAccounts
package import AssayStore
internal import Foundation

/// Setting up a state folder, and what to say about it.
package struct Housekeeping: Sendable {
    /// What `init` did.
    package struct Setup: Sendable {
        /// Lines for a person: what was made, and what was there already.
        package var notes: [String] = []
        /// The operator token, on the run that made it.
        package var operatorToken: String?
        /// Where the first account is made, as long as there is none.
        package var link: String?
        /// The authority.
        package var authority: CertificateAuthority
    }

    package let state: StateDirectory

    /// Works on a state folder.
    package init(_ state: StateDirectory) { self.state = state }

    /// The settings of the folder.
    package func configuration() throws -> CollectorConfiguration {
        guard let text = try state.read(state.configuration) else { return CollectorConfiguration() }
        return try CollectorConfiguration(parsing: text, file: state.configuration)
    }

    /// The authority of the folder.
    package func authority() throws -> CertificateAuthority {
        try state.requireInitialized()
        guard let certificate = try state.read(state.authorityCertificate),
            let key = try state.read(state.authorityKey)
        else {
            throw CollectorFailure(
                .noInput, "\(state.authorityKey) does not exist", nextStep: "restore it from a backup")
        }
        return try CertificateAuthority(
            certificatePEM: certificate, keyPEM: key, files: (state.authorityCertificate, state.authorityKey))
    }

    /// Makes what is not there yet, and changes the settings that `changes` names; `own` holds PEM files of an authority
    /// to take instead of a new one.
    package func setUp(
        changes: [String: String] = [:], own: (certificate: String, key: String)? = nil
    ) throws -> Setup {
        let known = try state.read(state.configuration)
        let text = CollectorConfiguration.edit(known ?? CollectorConfiguration().fileText, changes)
        _ = try CollectorConfiguration(parsing: text, file: state.configuration)
        try state.create()
        var setup: Setup
        if state.isInitialized {
            setup = Setup(authority: try authority())
            setup.notes.append("authority: kept, \(state.authorityCertificate)")
        } else {
            setup = try makeAuthority(own: own)
        }
        if text != known { try state.write(text, to: state.configuration, mode: 0o644) }
        let word = known == nil ? "made" : text == known ? "kept" : "changed"
        setup.notes.append("settings: \(word), \(state.configuration)")
        return setup
    }

    private func makeAuthority(own: (certificate: String, key: String)?) throws -> Setup {
        let authority: CertificateAuthority
        let keyPEM: String
        if let own {
            guard let certificate = try state.read(own.certificate), let key = try state.read(own.key) else {
                throw CollectorFailure(.noInput, "\(own.certificate) or \(own.key) does not exist")
            }
            authority = try CertificateAuthority(
                certificatePEM: certificate, keyPEM: key, files: (own.certificate, own.key))
            keyPEM = key
        } else {
            (authority, keyPEM) = try CertificateAuthority.create()
        }
        // The certificate comes last: its presence says that the authority is whole.
        try state.write(keyPEM, to: state.authorityKey)
        try state.write(authority.certificatePEM, to: state.authorityCertificate, mode: 0o644)
        var setup = Setup(authority: authority)
        setup.notes.append("authority: \(own == nil ? "made" : "taken over"), \(state.authorityCertificate)")
        return setup
    }

    /// Makes an operator token when the folder holds none, as after a restore; it is written there, for this user alone,
    /// and returned.
    package func makeOperatorToken(in store: any Store, by actor: Actor) async throws -> String? {
        guard try state.read(state.operatorToken) == nil else { return nil }
        let (text, _) = try await OperatorTokens(store: store).create(
            "made by init", permissions: Role.admin.permissions, validFor: nil, holding: Role.admin.permissions,
            by: actor)
        try state.write(text + "\n", to: state.operatorToken)
        return text
    }
}

extension Housekeeping {
    private var kept: [(name: String, path: String)] {
        [
            ("ca.pem", state.authorityCertificate), ("ca.key", state.authorityKey),
            ("collector.conf", state.configuration),
        ]
    }

    /// The files beside the database without which a backup would not be one.
    package func stateFiles() throws -> [String: String] {
        var files: [String: String] = [:]
        for (name, path) in kept { files[name] = try state.read(path) }
        return files
    }

    /// Puts the files of a backup back.
    package func restore(_ files: [String: String]) throws {
        guard files["ca.pem"] != nil, files["ca.key"] != nil else {
            throw CollectorFailure(.data, "the backup holds no authority")
        }
        // The certificate comes last: its presence says that the folder is whole.
        do {
            for (name, path) in kept.reversed() {
                guard let text = files[name] else { continue }
                try state.write(text, to: path, mode: name == "ca.key" ? 0o600 : 0o644)
            }
        } catch {
            for (_, path) in kept { unlink(path) }
            throw error
        }
    }
}
