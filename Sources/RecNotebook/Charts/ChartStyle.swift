/// Colours and letters of charts, for light and for dark.
///
/// Colours that people with the usual colour blindness tell apart: M. Okabe & K. Ito, "Color Universal Design" (2008).
/// Their yellow comes last, which is too light for lines on white; series differ in dashes or shapes as well.
enum ChartStyle {
  static let colorCount = 8

  static let sheet: StaticString = """
    .chart{color:#222;background:#fff;font:12px system-ui,"DejaVu Sans",sans-serif;max-width:100%;height:auto}
    .chart text{fill:currentColor}.chart .title{font-size:14px;font-weight:600}.chart .grid{stroke:currentColor;opacity:.15}
    .chart .rule{stroke:currentColor;opacity:.6}.chart path,.chart .line{fill:none;stroke-width:2;stroke-linejoin:round}
    .c0{stroke:#0072b2;fill:#0072b2}.c1{stroke:#d55e00;fill:#d55e00}.c2{stroke:#009e73;fill:#009e73}
    .c3{stroke:#cc79a7;fill:#cc79a7}.c4{stroke:#e69f00;fill:#e69f00}.c5{stroke:#56b4e9;fill:#56b4e9}
    .c6{stroke:currentColor;fill:currentColor}.c7{stroke:#f0e442;fill:#f0e442}
    .chart .mark{stroke-width:0;fill-opacity:.75}
    @media screen and (prefers-color-scheme:dark){.chart{color:#ddd;background:#161b22}
    .c0{stroke:#56b4e9;fill:#56b4e9}.c5{stroke:#0072b2;fill:#0072b2}}
    """

  /// The dashes of a line, by the number of its series.
  static func dashes(_ series: Int) -> String { ["none", "7 3", "2 3", "9 3 2 3"][series % 4] }

  /// The outline of a point, by the number of its series: disc, square, triangle, diamond.
  static func shape(_ series: Int, _ x: String, _ y: String) -> String {
    let outline =
      [
        "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z", "m-2.7-2.7h5.4v5.4h-5.4z", "m0-3.5l3.5 6h-7z", "m0-4l4 4l-4 4l-4-4z",
      ][series % 4]
    return "M\(x) \(y)\(outline)"
  }
}
