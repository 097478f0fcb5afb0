"""The contrast of every pair of colours that meets in the window, in every scheme, as a Markdown table.

    python -m tests.ui.contrast_table

Measured as WCAG 2.2 does (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio). Words need 4.5:1 (1.4.3), what
shows a control or its state 3:1 (1.4.11), in the schemes for more contrast 7:1 (1.4.6) and 4.5:1. What is
disabled is excepted by both, and decoration (the shadow, the circles, quiet lines) has no rule.
"""

import sys
from collections.abc import Iterator
from typing import NamedTuple

from ingenes_desktop.ui.theme.tokens import EDGE_PAIRS, SCHEMES, TEXT_PAIRS, Colors

QR = ("#000000", "#ffffff")
"""Dark on white in every scheme: a camera reads it."""


class Measured(NamedTuple):
    """One pair in one scheme."""

    scheme: str
    kind: str
    front: str
    ground: str
    colors: tuple[str, str]
    ratio: float
    needed: float

    @property
    def suffices(self) -> bool:
        """Whether the ratio is as high as it must be."""
        return self.ratio >= self.needed


def luminance(color: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def needed(scheme: str, kind: str) -> float:
    """The least ratio of that kind of pair."""
    more = scheme.startswith("contrast")
    if kind == "words":
        return 7.0 if more else 4.5
    return 4.5 if more else 3.0


def measured() -> list[Measured]:
    """Every pair in every scheme."""
    rows = []
    for scheme, colors in SCHEMES.items():
        for kind, pairs in (("words", TEXT_PAIRS), ("edge", EDGE_PAIRS)):
            rows += [_measure(scheme, kind, colors, *pair) for pair in pairs]
        rows.append(
            Measured(scheme, "edge", "QR code", "its ground", QR, contrast(*QR), needed(scheme, "edge"))
        )
    return rows


def _measure(scheme: str, kind: str, colors: Colors, front: str, ground: str) -> Measured:
    pair = (getattr(colors, front), getattr(colors, ground))
    return Measured(scheme, kind, front, ground, pair, contrast(*pair), needed(scheme, kind))


def lines() -> Iterator[str]:
    """The table."""
    yield "| scheme | what | on | colours | ratio | needed | |"
    yield "|---|---|---|---|---|---|---|"
    for row in measured():
        front, ground = row.colors
        verdict = "ok" if row.suffices else "TOO LOW"
        yield (
            f"| {row.scheme} | {row.front} ({row.kind}) | {row.ground} | `{front}` on `{ground}` "
            f"| {row.ratio:.2f} | {row.needed:g} | {verdict} |"
        )


def main() -> int:
    """Print the table; the exit status says whether all suffice."""
    sys.stdout.writelines(f"{line}\n" for line in lines())
    return 0 if all(row.suffices for row in measured()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
