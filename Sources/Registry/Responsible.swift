import Settings

/// The three persons answerable for a site's hazard sources (包保责任人), each with a deputy.
package struct Responsible: Hashable, Sendable {
    /// Which of the three.
    package enum Role: String, SectionKey {
        case principal, technical, operational
    }

    /// Who holds a role, and who stands in.
    package struct Post: Hashable, Sendable {
        package enum Key: String, SectionKey {
            case name, phone, deputy
        }

        package var person: Person
        package var deputy: Person?

        package init(person: Person, deputy: Person? = nil) {
            self.person = person
            self.deputy = deputy
        }
    }

    package var principal: Post?
    package var technical: Post?
    package var operational: Post?

    package init(principal: Post? = nil, technical: Post? = nil, operational: Post? = nil) {
        self.principal = principal
        self.technical = technical
        self.operational = operational
    }

    package subscript(role: Role) -> Post? {
        switch role {
        case .principal: principal
        case .technical: technical
        case .operational: operational
        }
    }
}
