import Settings

/// Somebody to call.
package struct Person: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case name, phone
    }

    package var name: String
    package var phone: String?

    package init(name: String, phone: String? = nil) {
        self.name = name
        self.phone = phone
    }
}
