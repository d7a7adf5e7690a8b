import RecKernels
import Testing

@Suite struct SHA256Tests {
  /// The examples of FIPS 180-4, and of NIST's "Examples with Intermediate Values" the two with padding in a block of its own.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
  ]) func `gives the published digests`(text: String, digest: String) {
    let bytes = Array(text.utf8)
    #expect(SHA256.digest(bytes.span) == digest)
  }

  @Test func `gives the published digest of a million times a`() {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    #expect(SHA256.digest(bytes.span) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// `python3 -c "import hashlib; print(hashlib.sha256(''.join(hashlib.sha256(bytes(range(n))).hexdigest() for n in
  /// range(130)).encode()).hexdigest())"`
  @Test func `gives the digests that Python gives for every length to 129 bytes`() {
    let digests = (0..<130).map { length in
      let bytes = (0..<length).map { UInt8($0) }
      return SHA256.digest(bytes.span)
    }.joined()
    let bytes = Array(digests.utf8)
    #expect(SHA256.digest(bytes.span) == "86ad28dbfd993eaac93b418876265379dced3a4a051fe854038149afd8a13c2c")
  }
}
