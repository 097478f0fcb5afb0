"""Whether two pictures show the same.

The same Qt draws the same, but for two things that no setting takes away: the coverage that the machine's
FreeType gives a letter's edge, and how a processor's vector instructions round when colours are mixed. Both
come to one or two of 255 in a channel. So up to ``TOLERANCE`` of 255 in each channel is no difference, at any
number of pixels, and one more is one, at a single pixel: a label that moves by a pixel changes its edges by
a hundred and more, a colour token that changes by 8 changes all that it paints by 8.

On a machine that draws even plain letters otherwise (another FreeType), no more can be told than that the
window is the same by and large: there up to ``COARSE`` of 255 is none, and so are a few pixels beyond.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

TOLERANCE = 4
COARSE = 96
_COARSE_SHARE = 0.004
"""Of all channels, that may be beyond ``COARSE``: the edges of letters that stand a fraction aside."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two pictures, and an image of it: white where they do."""

    words: str
    image: QImage


def difference(golden: QImage, now: QImage, *, coarse: bool = False) -> Difference | None:
    """What differs; None where both show the same. ``coarse``: the machine draws letters otherwise."""
    if golden.size() != now.size():
        sizes = [f"{image.width()}x{image.height()}" for image in (golden, now)]
        return Difference(f"{sizes[1]} instead of {sizes[0]}", now)
    plain = QImage.Format.Format_RGB32
    both = golden.convertToFormat(plain)
    now = now.convertToFormat(plain)
    if both == now:
        return None
    painter = QPainter(both)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
    painter.drawImage(0, 0, now)
    painter.end()
    channels = _channels(both)
    tolerance = COARSE if coarse else TOLERANCE
    marked = channels.translate(bytes(0 if value <= tolerance else 255 for value in range(256)))
    beyond = len(marked) - marked.count(0)
    if beyond <= (_COARSE_SHARE * len(marked) if coarse else 0):
        return None
    width, height = both.width(), both.height()
    image = QImage(marked, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
    area = _area(marked, 3 * width)
    where = f"within {area.width()}x{area.height()} at {area.x()},{area.y()}"
    return Difference(f"up to {max(channels)} of 255, {where}", image)


def _channels(image: QImage) -> bytes:
    """Red, green and blue of every pixel, without what Qt puts at the end of a line."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    content, line = bytes(plain.constBits()), plain.bytesPerLine()
    return b"".join(content[row * line : row * line + 3 * plain.width()] for row in range(plain.height()))


def _area(marked: bytes, line: int) -> QRect:
    rows = [row for row in range(len(marked) // line) if any(marked[row * line : (row + 1) * line])]
    columns: set[int] = set()
    for row in rows:
        part = marked[row * line : (row + 1) * line]
        columns |= {part.find(b"\xff") // 3, part.rfind(b"\xff") // 3}
    return QRect(min(columns), rows[0], max(columns) - min(columns) + 1, rows[-1] - rows[0] + 1)


def keep(folder: Path, name: str, golden: QImage, now: QImage, found: Difference) -> None:
    """Leave both pictures and their difference in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, image in (("golden", golden), ("now", now), ("difference", found.image)):
        image.save(str(folder / f"{name}.{suffix}.png"))
