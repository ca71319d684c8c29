/// One file of a registry folder.
package struct RegistryFile: Hashable, Sendable {
    /// Within the registry folder.
    package let name: String
    package let text: String
}
