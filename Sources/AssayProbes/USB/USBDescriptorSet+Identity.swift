internal import AssayBytes
package import AssayModel

extension USBDescriptorSet {
    /// What makes the device the model that it is, as text that does not change with port, speed or kernel.
    ///
    /// Kept: idVendor, idProduct, bcdDevice and class of the device; for each configuration its value and, for each
    /// interface number, the set of class codes over all alternate settings, the set of endpoint addresses with
    /// transfer type, and HID descriptors (they state how long the report descriptor is and for which country a
    /// keyboard was made).
    ///
    /// Left out, because it changes with the negotiated speed: bcdUSB, bMaxPacketSize0, wMaxPacketSize, bInterval,
    /// bMaxPower, SuperSpeed companions, how many alternate settings offer the same class and endpoints, the protocol
    /// code of hubs, and the class-specific descriptors of audio, video and communication interfaces (they list formats
    /// and bandwidths). Left out as well: bmAttributes (a device may report how it is powered just now), string indices
    /// and strings; the strings are fields of their own. Of a root hub, bcdDevice is the version of the kernel and
    /// counts as zero.
    func identityText(isRootHub: Bool) -> String {
        let version = isRootHub ? 0 : device.deviceVersion
        var lines = ["usb-identity-1"]
        lines.append(
            "device \(Hex.string(device.vendor)) \(Hex.string(device.product)) \(Hex.string(version)) "
                + device.classCode.withoutHubProtocol.hex)
        for configuration in configurations {
            lines.append("configuration \(configuration.value)")
            var facts: Set<String> = []
            for interface in configuration.interfaces {
                let number = "interface \(Hex.string(interface.number)) "
                facts.insert(number + "class " + interface.classCode.withoutHubProtocol.hex)
                for endpoint in interface.endpoints {
                    facts.insert(number + "endpoint \(Hex.string(endpoint.address)) type \(endpoint.transferType)")
                }
                guard interface.classCode.base == USBClassCode.humanInterface else { continue }
                for descriptor in interface.other where descriptor.type == USBDescriptor.Kind.humanInterface {
                    facts.insert(number + "hid " + Hex.string(descriptor.bytes))
                }
            }
            lines += facts.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// SHA-256 of ``identityText(isRootHub:)``.
    package func identityDigest(isRootHub: Bool) -> ContentDigest {
        .sha256(of: identityText(isRootHub: isRootHub).utf8)
    }
}
