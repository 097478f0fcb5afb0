"""Reads a QR code as an authenticator app does, from pixels to text: byte mode, and no module wrong.

ISO/IEC 18004; the tables of versions and blocks are segno's.
"""

from collections.abc import Iterator
from typing import Any

from PySide6.QtGui import QImage
from segno import consts

_FORMAT_MASK = 0x5412
_BYTE_MODE = 0b0100
_LARGEST_WITH_EIGHT_BITS = 9
"""The last version whose byte mode counts its characters with eight bits."""
Modules = list[list[bool]]


def text_in(image: QImage) -> str:
    """The text of the one symbol that stands on a light ground. Raises ValueError for what is none."""
    modules = _modules_in(image)
    format_bits = sum(
        modules[row][column] << (14 - place) for place, (row, column) in enumerate(_format_places())
    )
    format_bits ^= _FORMAT_MASK
    version = (len(modules) - 17) // 4
    bits = [
        modules[row][column] ^ _is_flipped(format_bits >> 10 & 0b111, row, column)
        for row, column in _data_places(modules, version)
    ]
    words = [_number(bits[start : start + 8]) for start in range(0, len(bits) - 7, 8)]
    return _text_of(_in_order(words, version, format_bits >> 13), version)


def _modules_in(image: QImage) -> Modules:
    """Dark or not, row by row, without the quiet zone; the left upper corner's mark gives the size."""
    dark = [
        [image.pixelColor(x, y).lightness() < 128 for x in range(image.width())]
        for y in range(image.height())
    ]
    rows = [y for y, row in enumerate(dark) if any(row)]
    if not rows:
        raise ValueError("nothing dark")
    left = min(row.index(True) for row in dark if True in row)
    corner = dark[rows[0]][left:]
    module = corner.index(False) // 7
    size = (rows[-1] - rows[0] + 1) // module
    if size % 4 != 1:
        raise ValueError("no symbol")
    middle = module // 2
    return [
        [dark[rows[0] + y * module + middle][left + x * module + middle] for x in range(size)]
        for y in range(size)
    ]


def _format_places() -> Iterator[tuple[int, int]]:
    yield from ((8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8))
    yield from ((row, 8) for row in (7, 5, 4, 3, 2, 1, 0))


def _data_places(modules: Modules, version: int) -> Iterator[tuple[int, int]]:
    """From the right, two columns at a time, up and down in turn; the timing column is left out."""
    size = len(modules)
    upwards = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for row in range(size - 1, -1, -1) if upwards else range(size):
            yield from (
                (row, column) for column in (right, right - 1) if not _is_fixed(row, column, size, version)
            )
        upwards = not upwards


def _is_fixed(row: int, column: int, size: int, version: int) -> bool:
    low, far = 9, size - 8
    corners = (row < low and (column < low or column >= far)) or (row >= far and column < low)
    timing = 6 in (row, column)
    centres: tuple[int, ...] = consts.ALIGNMENT_POS[version - 2] if version > 1 else ()
    aligned = any(
        abs(row - y) <= 2 and abs(column - x) <= 2
        for y in centres
        for x in centres
        if (y, x) not in {(6, 6), (6, centres[-1]), (centres[-1], 6)}
    )
    numbered = version > 6 and ((row < 6 and column >= size - 11) or (column < 6 and row >= size - 11))
    return corners or timing or aligned or numbered


def _is_flipped(mask: int, row: int, column: int) -> bool:
    product = row * column
    return (
        (row + column) % 2,
        row % 2,
        column % 3,
        (row + column) % 3,
        (row // 2 + column // 3) % 2,
        product % 2 + product % 3,
        (product % 2 + product % 3) % 2,
        ((row + column) % 2 + product % 3) % 2,
    )[mask] == 0


def _in_order(words: list[int], version: int, level: int) -> list[int]:
    """The data words of all blocks; their correction is not needed where nothing is wrong."""
    blocks: Any = consts.ECC[version]
    sizes = [block.num_data for block in blocks[level] for _ in range(block.num_blocks)]
    # Of each block one word in turn; the shorter ones sit the last turn out.
    order = [(place, turn) for turn in range(max(sizes)) for place, size in enumerate(sizes) if turn < size]
    by_place = dict(zip(order, words, strict=False))
    return [by_place[place, number] for place, size in enumerate(sizes) for number in range(size)]


def _text_of(words: list[int], version: int) -> str:
    bits = [bool(word >> place & 1) for word in words for place in range(7, -1, -1)]
    if _number(bits[:4]) != _BYTE_MODE:
        raise ValueError("not in byte mode")
    start = 4 + (8 if version <= _LARGEST_WITH_EIGHT_BITS else 16)
    length = _number(bits[4:start])
    return bytes(_number(bits[start + 8 * each : start + 8 * each + 8]) for each in range(length)).decode()


def _number(bits: list[bool]) -> int:
    return sum(bit << place for place, bit in enumerate(reversed(bits)))
