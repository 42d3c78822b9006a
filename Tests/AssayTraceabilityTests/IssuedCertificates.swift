/// A path of certificates from a root to a platform certificate, made for these tests; their keys were thrown away.
///
/// All are signed with Ed25519 and, where nothing else is said, hold from 2025 to 2045.
enum IssuedCertificates {
    /// The anchor, `rootOfOneLevel` the same with a path length of 0.
    static let root = """
        MIHfMIGSoAMCAQICAQEwBQYDK2VwMA8xDTALBgNVBAMMBHJvb3QwHhcNMjUwMTAxMDAwMDAwWhcNNDUwMTAxMDAwMDAwWjAPMQ0wCwYD
        VQQDDARyb290MCowBQYDK2VwAyEArgL6B1TFcE5VIIot8NAl1yWNJYUCur0eKK/iVnkAW5yjEzARMA8GA1UdEwEB/wQFMAMBAf8wBQYD
        K2VwA0EA5XKwIgyFej4HQEE0NPtx9uOOjD74ab7gs6cEy5YN0LkTq8dal8oiQjwDJzpl8rin+19trXzrWXCZy437vUEeDw==
        """
    static let rootOfOneLevel = """
        MIHiMIGVoAMCAQICAQIwBQYDK2VwMA8xDTALBgNVBAMMBHJvb3QwHhcNMjUwMTAxMDAwMDAwWhcNNDUwMTAxMDAwMDAwWjAPMQ0wCwYD
        VQQDDARyb290MCowBQYDK2VwAyEArgL6B1TFcE5VIIot8NAl1yWNJYUCur0eKK/iVnkAW5yjFjAUMBIGA1UdEwEB/wQIMAYBAf8CAQAw
        BQYDK2VwA0EAb7Lz1rxXHbAMA0XPYiBYjxVfCBbUdtlIuYk1VxEb1gziwYE6pJlA3C0b/8qmI8VynxfP8IhFJB7VRcq5469cAw==
        """
    /// Issued by the root, `middleOfOneLevel` the same with a path length of 0.
    static let middle = """
        MIHxMIGkoAMCAQICAQMwBQYDK2VwMA8xDTALBgNVBAMMBHJvb3QwHhcNMjUwMTAxMDAwMDAwWhcNNDUwMTAxMDAwMDAwWjARMQ8wDQYD
        VQQDDAZtaWRkbGUwKjAFBgMrZXADIQBggIL/yxYaQVxuNyvXY9JTVBOGRQfRfmjO1uHhRmpFgKMjMCEwDwYDVR0TAQH/BAUwAwEB/zAO
        BgNVHQ8BAf8EBAMCAgQwBQYDK2VwA0EAEqCWEpxnRzFTINOA7IifzyIvfbf8j2hxcdpozEQhuz0RWFb+CUBqECjs/HUCfn+WpX5kI0yW
        RbluFSqBXJ8kCg==
        """
    static let middleOfOneLevel = """
        MIHkMIGXoAMCAQICAQQwBQYDK2VwMA8xDTALBgNVBAMMBHJvb3QwHhcNMjUwMTAxMDAwMDAwWhcNNDUwMTAxMDAwMDAwWjARMQ8wDQYD
        VQQDDAZtaWRkbGUwKjAFBgMrZXADIQBggIL/yxYaQVxuNyvXY9JTVBOGRQfRfmjO1uHhRmpFgKMWMBQwEgYDVR0TAQH/BAgwBgEB/wIB
        ADAFBgMrZXADQQDUwk28VX0ACPUok0D9uw78aCXrtmfL2/RR6BP+cL8jIafHXH77ib2zrMAqg3LOj3f4HbW/2AYsdyXXIRW37nkA
        """
    /// Issued by `middle`; the others of its name are each wrong in one way.
    static let low = """
        MIHzMIGmoAMCAQICAQUwBQYDK2VwMBExDzANBgNVBAMMBm1pZGRsZTAeFw0yNTAxMDEwMDAwMDBaFw00NTAxMDEwMDAwMDBaMA4xDDAK
        BgNVBAMMA2xvdzAqMAUGAytlcAMhAPlbtDq4jpYm6SrscMG//H1gtDhjendirazS1+a0pPl8oyYwJDASBgNVHRMBAf8ECDAGAQH/AgEA
        MA4GA1UdDwEB/wQEAwICBDAFBgMrZXADQQBS3q+O9L7UC48UOKf0YLGNdvV9kncsFH37mEB52GLGmHXNrYDPjrh57EFOJhA2/X81l33L
        GcXARccN7oP/Ls8N
        """
    static let lowExpired = """
        MIHgMIGToAMCAQICAQYwBQYDK2VwMBExDzANBgNVBAMMBm1pZGRsZTAeFw0yNTAxMDEwMDAwMDBaFw0yNjAxMDEwMDAwMDBaMA4xDDAK
        BgNVBAMMA2xvdzAqMAUGAytlcAMhAPlbtDq4jpYm6SrscMG//H1gtDhjendirazS1+a0pPl8oxMwETAPBgNVHRMBAf8EBTADAQH/MAUG
        AytlcANBANvt26jazoZRE91d4mz8T+yV8ii7vq3fW+IsgS5O6VK8/srt8akLFqp8th2758OUBirEkvjov2LR0uh7iVMJggM=
        """
    static let lowOfTomorrow = """
        MIHgMIGToAMCAQICAQcwBQYDK2VwMBExDzANBgNVBAMMBm1pZGRsZTAeFw00NDAxMDEwMDAwMDBaFw00NTAxMDEwMDAwMDBaMA4xDDAK
        BgNVBAMMA2xvdzAqMAUGAytlcAMhAPlbtDq4jpYm6SrscMG//H1gtDhjendirazS1+a0pPl8oxMwETAPBgNVHRMBAf8EBTADAQH/MAUG
        AytlcANBADj2H6qGOHoisTAn2Eos0f/ianICdTgj1csVzjaX4oxHQrR9pEFGM5EL7OeIME6sbQus6dAxUXn1gmSZW7G3Ew0=
        """
    static let lowWithoutSigning = """
        MIHwMIGjoAMCAQICAQgwBQYDK2VwMBExDzANBgNVBAMMBm1pZGRsZTAeFw0yNTAxMDEwMDAwMDBaFw00NTAxMDEwMDAwMDBaMA4xDDAK
        BgNVBAMMA2xvdzAqMAUGAytlcAMhAPlbtDq4jpYm6SrscMG//H1gtDhjendirazS1+a0pPl8oyMwITAPBgNVHRMBAf8EBTADAQH/MA4G
        A1UdDwEB/wQEAwIBAjAFBgMrZXADQQCUoxuXIYYjQ/4i49esZJ3iljwZVUAhP7C1umf0If2a/IjmEeM7F3wul4IRFAThgs9HB5i2YacA
        TO65F2G7tDgJ
        """
    static let lowConstrained = """
        MIH/MIGyoAMCAQICAQkwBQYDK2VwMBExDzANBgNVBAMMBm1pZGRsZTAeFw0yNTAxMDEwMDAwMDBaFw00NTAxMDEwMDAwMDBaMA4xDDAK
        BgNVBAMMA2xvdzAqMAUGAytlcAMhAPlbtDq4jpYm6SrscMG//H1gtDhjendirazS1+a0pPl8ozIwMDAPBgNVHRMBAf8EBTADAQH/MB0G
        A1UdHgEB/wQTMBGgDzANggtleGFtcGxlLmNvbTAFBgMrZXADQQAoqjQf1j5cz/mtvWJW5NnTBeESmcg/xqVQRG1sK/xo8o4542P5SyOE
        j7gmm0/HrUxTgr6Z2IV65hovg1f57o8I
        """
    static let lowNoAuthority = """
        MIHdMIGQoAMCAQICAQowBQYDK2VwMBExDzANBgNVBAMMBm1pZGRsZTAeFw0yNTAxMDEwMDAwMDBaFw00NTAxMDEwMDAwMDBaMA4xDDAK
        BgNVBAMMA2xvdzAqMAUGAytlcAMhAPlbtDq4jpYm6SrscMG//H1gtDhjendirazS1+a0pPl8oxAwDjAMBgNVHRMBAf8EAjAAMAUGAytl
        cANBALCXAs+KztBxLrI3V3Ed+/dwg90IwCWVSMzgEIbMLCHzKPebkfe6Ky3ILip7whGgumowZY6S9Z/o0fxqSDeOPgw=
        """
    /// Two that issued each other; `left` has the name and key of `low`.
    static let left = """
        MIHfMIGSoAMCAQICAQswBQYDK2VwMBAxDjAMBgNVBAMMBXJpZ2h0MB4XDTI1MDEwMTAwMDAwMFoXDTQ1MDEwMTAwMDAwMFowDjEMMAoG
        A1UEAwwDbG93MCowBQYDK2VwAyEA+Vu0OriOlibpKuxwwb/8fWC0OGN6d2KtrNLX5rSk+XyjEzARMA8GA1UdEwEB/wQFMAMBAf8wBQYD
        K2VwA0EAkiGluq+DD1P8xtgMUdaKoxGpRnxprx4AqH0mcLq5+IQ9O06Wili1fy772tVLO0or0s+vUfIWkC/rXvhO/yVNAA==
        """
    static let right = """
        MIHfMIGSoAMCAQICAQwwBQYDK2VwMA4xDDAKBgNVBAMMA2xvdzAeFw0yNTAxMDEwMDAwMDBaFw00NTAxMDEwMDAwMDBaMBAxDjAMBgNV
        BAMMBXJpZ2h0MCowBQYDK2VwAyEA5Vyzyupy6jZ24R5+C2s0OOuhTre5aqruWvskc+ozUySjEzARMA8GA1UdEwEB/wQFMAMBAf8wBQYD
        K2VwA0EAU2gEpaDm03sVPd8Tw6DJ8o7B8yRMc2//bZ0rVkxIJ+vmvaPZaMjP7HB+uR4D2qrV1xHs6ewETAHC0yGQNJbcAA==
        """
    /// A platform certificate of `low`.
    static let platform = """
        MIHhMIGUoAMCAQICAQ0wBQYDK2VwMA4xDDAKBgNVBAMMA2xvdzAeFw0yNjAxMDEwMDAwMDBaFw00NTAxMDEwMDAwMDBaMAAwKjAFBgMr
        ZXADIQBPdslbnte0Ctc5+j9ilYyG/NXxWpOOVf8CEHf6BlMXRaMlMCMwIQYDVR0RAQH/BBcwFaQTMBExDzANBgZngQUFAQYMA0EtMTAF
        BgMrZXADQQCahic671DEUYJ6zhjYihDjIcUGrmDWzcwpxDo85LgnSg0VziPWTpVEGi5E5L2fOG46aboD9ISvSoMxLp1NevIK
        """
}
