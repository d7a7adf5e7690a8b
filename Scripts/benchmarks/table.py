"""The results as a Markdown table."""

from __future__ import annotations

from .measure import Result

HEADER = ("work", "data", "peer", "theirs", "ours", "ratio", "aim", "check: ours / theirs")


def heading(cells: tuple[str, ...] = HEADER) -> str:
    return f"{line(cells)}\n{line('---' for _ in cells)}"


def line(cells) -> str:
    return f"| {' | '.join(cells)} |"


def result_line(result: Result) -> str:
    row = result.row
    peer = result.fastest
    others = [f"{name} {quantity(value, row.unit)}" for name, value in result.theirs.items() if name != peer]
    return line(
        (
            row.work,
            result.data.name,
            peer or " / ".join(other.name for other in row.peers),
            (quantity(result.theirs[peer], row.unit) if peer else "–") + (f" ({', '.join(others)})" if others else ""),
            quantity(result.ours, row.unit) if result.ours else "–",
            ratio(result),
            row.aim,
            checks(result),
        )
    )


def ratio(result: Result) -> str:
    """Times of unlike work are not to be compared, and are said to be so."""
    if not result.ratio:
        return "–"
    unlike = any(not check.holds(ours, theirs) for check, ours, theirs in result.checks)
    return f"{result.ratio:.1f}{' **unlike**' if unlike else ''}"


def quantity(value: float, unit: str) -> str:
    """Three digits with the unit that suits them."""
    if unit == "B":
        return f"{value / 2**20:.0f} MB"
    if value < 1:
        return f"{value * 1000:.3g} ms"
    return f"{value:.3g} s" if value < 1000 else f"{value:.0f} s"


def checks(result: Result) -> str:
    """Our number and theirs, and a word where they differ by more than the row allows."""
    texts = []
    for check, ours, theirs in result.checks:
        if isinstance(theirs, list):
            text = f"{check.name} within {check.difference(ours, theirs):.0e}"
        else:
            text = f"{check.name} {number(ours)} / {number(theirs)}"
        texts.append(text if check.holds(ours, theirs) else f"{text} **differs**")
    return ", ".join(texts)


def number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:.5g}"
