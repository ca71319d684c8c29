import Settings

/// The three persons answerable for a site's hazard sources (包保责任人).
package struct Responsible: Hashable, Sendable {
    package enum Key: String, SectionKey {
        case principal, technical, operational
    }

    /// Somebody to call.
    package struct Person: Hashable, Sendable {
        package enum Key: String, SectionKey {
            case name, phone
        }

        package var name: String
        package var phone: String?
    }

    package var principal: Person?
    package var technical: Person?
    package var operational: Person?
}
