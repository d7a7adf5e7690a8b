/// How the page looks: letters of the reader's system, light and dark as the reader has it.
enum PageStyle {
  static let text: StaticString = """
    :root{color-scheme:light dark;--ink:#1f2328;--faint:#59636e;--paper:#fff;--well:#f6f8fa;--line:#d1d9e0;--link:#0550ae;
    --up:#116329;--down:#b3261e;--focus:#0969da}
    @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--faint:#9198a1;--paper:#0d1117;--well:#161b22;--line:#3d444d;
    --link:#79c0ff;--up:#7ee787;--down:#ff7b72;--focus:#58a6ff}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"DejaVu Sans",sans-serif}
    header,main,footer{max-width:72rem;margin:0 auto;padding:.75rem 1.25rem}
    header{display:flex;flex-wrap:wrap;gap:.5rem 2rem;align-items:center;border-bottom:1px solid var(--line)}
    h1{font-size:1.35rem;margin:0}h2{font-size:1.1rem;margin:1.4rem 0 .5rem}h2 small{color:var(--faint);font-weight:400}
    a{color:var(--link)}.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper)}
    :focus-visible{outline:2px solid var(--focus);outline-offset:2px}
    .bar{display:flex;flex-wrap:wrap;gap:.4rem .6rem;align-items:center}.bar span{display:flex;gap:.4rem;align-items:center;max-width:100%}.bar label{color:var(--faint);font-size:.9rem}
    input,select,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:6px;
    padding:.3rem .6rem;min-height:2.2rem}
    button{background:var(--well);cursor:pointer}#user{width:9rem}#search{width:24rem;max-width:100%}
    .lists{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(26rem,100%),1fr));gap:0 2rem}
    .lists:focus{outline:none}
    table{border-collapse:collapse;width:100%}
    th,td{padding:.35rem .5rem;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--line)}
    .list{max-width:46rem}.list th:first-child{width:2.6rem}.list th:last-child{width:4.4rem}
    thead th{color:var(--faint);font-weight:600;font-size:.85rem}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .title{margin-right:.6rem}.why{font-size:.85rem}
    button.why{background:none;border:0;padding:0 .2rem;min-height:1.6rem;color:var(--link);text-decoration:underline}
    .parts{margin:.3rem 0 .2rem;padding:.4rem .8rem;background:var(--well);border-radius:6px;font-size:.88rem;list-style:none}
    .parts li{display:flex;justify-content:space-between;gap:1rem}.parts .parts{flex:1;margin:0;padding:0 0 0 1rem}
    .up{color:var(--up)}.down{color:var(--down)}.new,.both{color:var(--faint);font-size:.8rem;margin-left:.3rem;white-space:nowrap}
    .new{color:var(--up)}
    .note,footer,#status{color:var(--faint);font-size:.9rem}#status{min-height:1.5em;margin:0}.list h2{margin-top:.4rem}
    #rated{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem}
    #rated li{background:var(--well);border:1px solid var(--line);border-radius:6px;padding:.15rem .2rem .15rem .6rem}
    #rated button{min-height:1.7rem;padding:0 .5rem;border:0;background:none;color:var(--down)}
    #board table{max-width:46rem}.interval{color:var(--faint);font-size:.85rem}
    @media (max-width:40rem){.interval{display:block}th,td{padding:.35rem .3rem}}
    footer{border-top:1px solid var(--line);margin-top:2rem}
    @media (prefers-reduced-motion:no-preference){tr.moved{animation:flash 1.2s}}
    @keyframes flash{from{background:var(--well)}}
    """
}
