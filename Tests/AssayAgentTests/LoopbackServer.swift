import Foundation
import Testing

/// An HTTPS server on loopback that gives prepared answers and remembers what it was asked.
///
/// It is python3's own server, so that the client is tested against somebody else's HTTP and TLS.
final class LoopbackServer {
    /// One prepared answer; the last one is given again and again.
    struct Answer: Encodable {
        var status = 200
        var headers: [String: String] = ["Content-Type": "application/json"]
        var body = ""
        /// Bytes in base64 that are sent instead of an answer.
        var raw: String?
        /// Close the connection without a word.
        var hangsUp = false
    }

    /// What one request was.
    struct Request: Decodable {
        var method: String
        var path: String
        var headers: [String: String]
        var body: String
        var peer: String?
        var connection: Int

        var bytes: [UInt8] { Data(base64Encoded: body).map { [UInt8]($0) } ?? [] }
    }

    /// How the server speaks TLS.
    enum Security: String { case normal, old, wantsCertificate }

    static let isAvailable = Tool.python != nil && Tool.openssl != nil

    let port: Int
    private let process = Process()
    private let directory: String

    init(_ answers: [Answer], certificate: String = "server", security: Security = .normal) throws {
        let certificates = try TestCertificates.shared()
        directory = try TestCertificates.temporaryDirectory("server")
        try Self.script.write(toFile: directory + "/server.py", atomically: false, encoding: .utf8)
        try JSONEncoder().encode(answers).write(to: URL(filePath: directory + "/answers.json"))
        let output = Pipe()
        process.executableURL = URL(filePath: try #require(Tool.python))
        process.arguments = [
            directory + "/server.py", directory, certificates.path(certificate + ".chain"),
            certificates.path(certificate + ".key"), certificates.path("ca.pem"), security.rawValue,
        ]
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    deinit {
        // Test threads block SIGTERM, and their children inherit that.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: directory)
    }

    var address: String { "https://127.0.0.1:\(port)" }

    func requests() throws -> [Request] {
        guard let data = FileManager.default.contents(atPath: directory + "/requests.jsonl") else { return [] }
        return try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode(Request.self, from: $0) }
    }

    private static let script = """
        import base64, http.server, json, ssl, sys
        directory, chain, key, authority, security = sys.argv[1:]
        answers = json.load(open(directory + "/answers.json"))
        connections = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                global connections
                connections += 1
                super().setup()

            def log_message(self, *arguments):
                pass

            def body(self):
                if self.headers.get("Transfer-Encoding", "") == "chunked":
                    body = b""
                    while True:
                        size = int(self.rfile.readline().strip(), 16)
                        body += self.rfile.read(size)
                        self.rfile.readline()
                        if size == 0:
                            return body
                return self.rfile.read(int(self.headers.get("Content-Length", "0")))

            def answer(self):
                body = self.body()
                peer = self.connection.getpeercert()
                subject = dict(pair[0] for pair in peer["subject"]).get("commonName") if peer else None
                entry = {"method": self.command, "path": self.path, "peer": subject, "connection": connections,
                         "headers": {name.lower(): value for name, value in self.headers.items()},
                         "body": base64.b64encode(body).decode()}
                with open(directory + "/requests.jsonl", "a") as log:
                    log.write(json.dumps(entry) + "\\n")
                given = answers.pop(0) if len(answers) > 1 else answers[0]
                if given["hangsUp"]:
                    self.close_connection = True
                    return
                if given.get("raw"):
                    self.wfile.write(base64.b64decode(given["raw"]))
                    self.close_connection = True
                    return
                body = given["body"].encode()
                self.send_response(given["status"])
                for name, value in given["headers"].items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = answer
            do_POST = answer

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if security == "old":
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        else:
            context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.load_cert_chain(chain, key)
        context.load_verify_locations(authority)
        context.verify_mode = ssl.CERT_REQUIRED if security == "wantsCertificate" else ssl.CERT_OPTIONAL
        server = Server(("127.0.0.1", 0), Handler)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """
}
