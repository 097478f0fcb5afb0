"""A QR code, drawn on this computer: the key in it is nobody else's to see."""

import segno

from ingenes_desktop.domain.secret import Secret

QUIET_ZONE = 4
"""Light modules on every side, as ISO/IEC 18004 wants them."""


def symbol_of(text: str) -> Secret:
    """``text`` as rows of "0" (light) and "1" (dark), one line each, quiet zone included.

    Raises ValueError for a text that no QR code can hold.
    """
    code = segno.make_qr(text, error="m", boost_error=False)
    rows = code.matrix_iter(scale=1, border=QUIET_ZONE)
    return Secret("\n".join("".join("1" if dark else "0" for dark in row) for row in rows))
