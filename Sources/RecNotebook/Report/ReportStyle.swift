/// How a report looks: letters of the reader's system, light and dark as the reader has it, and on paper.
enum ReportStyle {
  static let sheet: StaticString = """
    :root{color-scheme:light dark;--ink:#1f2328;--faint:#59636e;--paper:#fff;--well:#f6f8fa;--line:#d1d9e0;--link:#0550ae;
    --verb:#8250df;--target:#953800;--option:#0550ae;--string:#116329;--number:#0a3069;--error:#b3261e;--warning:#7d4e00}
    @media screen and (prefers-color-scheme:dark){:root{--ink:#e6edf3;--faint:#9198a1;--paper:#0d1117;--well:#161b22;
    --line:#3d444d;--link:#79c0ff;--verb:#d2a8ff;--target:#ffa657;--option:#79c0ff;--string:#7ee787;--number:#a5d6ff;
    --error:#ff7b72;--warning:#e3b341}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,"DejaVu Sans",sans-serif}
    main,footer{max-width:52rem;margin:0 auto;padding:1rem 1.25rem}
    h1{line-height:1.2;margin:1.2rem 0 .8rem}h2{margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
    a{color:var(--link)}nav ul{list-style:none;margin:0 0 1.5rem;padding:.6rem 1rem;border-left:3px solid var(--line)}
    nav .level3{padding-left:1rem}nav .level4,nav .level5,nav .level6{padding-left:2rem}
    pre,code{font:.875rem/1.5 ui-monospace,"DejaVu Sans Mono",monospace}
    pre{background:var(--well);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;overflow-x:auto}
    p code,li code,td code{background:var(--well);border-radius:4px;padding:.1em .3em}
    pre.code{border-left:4px solid var(--link);margin-bottom:.4rem}
    .verb{color:var(--verb);font-weight:600}.target{color:var(--target)}.option{color:var(--option)}
    .string{color:var(--string)}.number{color:inherit}code .number{color:var(--number)}.variable{color:var(--target)}
    .comment,.output{color:var(--faint)}
    .outputs{margin:0 0 1.4rem .3rem}.outputs pre{background:none;border:0;padding:.2rem .5rem;margin:.2rem 0}
    .outputs p{margin:.15rem .5rem}.summary b{display:inline-block;min-width:5rem}
    .note{color:var(--faint);font-size:.875rem}
    .wide{overflow-x:auto;margin:.5rem}table{border-collapse:collapse;font-size:.9rem}
    caption{text-align:left;font-weight:600;padding:.2rem .7rem .3rem}
    th,td{padding:.22rem .7rem;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line)}
    th{border-bottom:2px solid var(--line)}th.number,td.number{text-align:right;font-variant-numeric:tabular-nums}
    td.number{white-space:nowrap}td small{color:var(--faint)}.dense small{display:block}.middle{text-align:center}
    figure{margin:.6rem 0}.exercise{border:1px solid var(--line);border-radius:6px;padding:.2rem 1rem .6rem;margin:1.2rem 0}
    blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid var(--line);color:var(--faint)}
    summary{cursor:pointer;color:var(--link)}
    .outputs pre.error,pre.error{color:var(--error);border-left:4px solid var(--error);padding-left:.8rem}
    .outputs pre.warning,pre.warning{color:var(--warning);border-left:4px solid var(--warning);padding-left:.8rem}
    .ending{font-weight:600;color:var(--error)}
    footer{color:var(--faint);font-size:.85rem;border-top:1px solid var(--line);margin-top:2rem}
    @media print{body{font-size:10.5pt}main,footer{max-width:none;padding:0}pre{white-space:pre-wrap}.wide{overflow:visible}
    pre,figure,tr{break-inside:avoid}h1,h2,h3,pre.code{break-after:avoid}a{color:inherit;text-decoration:none}}

    """
}
