/// Colours and letters of charts, for light and for dark.
///
/// Colours that people with the usual colour blindness tell apart: M. Okabe & K. Ito, "Color Universal Design" (2008).
/// Texts have the colour of what stands around them; series differ in dashes and signs as well.
enum ChartStyle {
  /// How many colours there are; further series begin anew.
  static let seriesCount = 6

  static let sheet: StaticString = """
    .chart{color-scheme:light dark;color:CanvasText;font:12px system-ui,sans-serif;max-width:100%;height:auto}
    .chart text{fill:currentColor;unicode-bidi:isolate}.chart .heading{font-weight:600;font-size:14px}
    .chart .faint{opacity:.75}.chart .grid{stroke:currentColor;stroke-opacity:.15}
    .chart .axis{stroke:currentColor;stroke-opacity:.6}.chart .reference{stroke:currentColor;stroke-dasharray:3 3}
    .chart .fill,.chart .mark,.chart .cell,.chart .band{fill:var(--c)}.chart .band{fill-opacity:.15}
    .chart path.line{fill:none;stroke:var(--c);stroke-width:2;stroke-linejoin:round}
    .chart .whisker{stroke:var(--c);stroke-width:2}.chart .other{fill-opacity:.35}
    .chart .beside{paint-order:stroke;stroke:Canvas;stroke-width:3px;stroke-linejoin:round}
    .chart .s0{--c:#0072b2}.chart .s1{--c:#d55e00}.chart .s2{--c:#009e73}.chart .s3{--c:#cc79a7}
    .chart .s4{--c:#e69f00}.chart .s5{--c:#56b4e9}.chart path.s1{stroke-dasharray:7 3}
    .chart path.s2{stroke-dasharray:2 3}.chart path.s3{stroke-dasharray:9 3 2 3}
    .chart path.s4{stroke-dasharray:12 4}.chart path.s5{stroke-dasharray:4 4}
    @media screen and (prefers-color-scheme:dark){.chart .s0{--c:#56b4e9}.chart .s1{--c:#e69f00}
    .chart .s4{--c:#f0e442}.chart .s5{--c:#d55e00}}
    @media print{.chart{color-scheme:light;color:#000}}
    """
}
