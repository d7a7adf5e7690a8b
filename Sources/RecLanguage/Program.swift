/// The program as its files and its greeting name it.
package enum Program {
  package static let version = "0.1.0"
}
