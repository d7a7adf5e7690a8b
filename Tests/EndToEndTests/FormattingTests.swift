import Testing

struct FormattingTests {
  @Test func `writes scripts in their canonical form, in place, and says which`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "# Prose  *stays*\nGENERATE   guide\nSVD  k = 2   # why\n#> old\n")
    try folder.write("two.rec", "svd k=2\n")
    let result = try Program.run("fmt", "one.rec", "two.rec", in: folder)
    #expect(result.status == 0)
    #expect(result.output == "formatted  one.rec\n")
    #expect(try folder.read("one.rec") == "# Prose  *stays*\ngenerate guide\nsvd k=2  # why\n#> old\n")
    #expect(try Program.run("fmt", "--check", ".", in: folder).status == 0)
  }

  @Test func `with --check nothing changes, and status 3 says that something would`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "svd  k=2\n")
    let result = try Program.run("fmt", "--check", "one.rec", in: folder)
    #expect(result.status == 3)
    #expect(result.output == "would change  one.rec\n")
    #expect(try folder.read("one.rec") == "svd  k=2\n")
  }

  @Test func `standard input goes to standard output`() throws {
    let result = try Program.run("fmt", input: "SVD  k = 2")
    #expect(result.status == 0)
    #expect(result.output == "svd k=2\n")
  }

  @Test func `a script with an error in its form is left as it is`() throws {
    let folder = try Folder()
    try folder.write("one.rec", "svd  k=\n")
    let result = try Program.run("fmt", "one.rec", in: folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("one.rec:1:6"))
    #expect(try folder.read("one.rec") == "svd  k=\n")
  }
}
