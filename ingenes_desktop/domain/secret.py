"""A text that no log line, exception text or debugger view may show."""

from typing import Never


class Secret:
    """Holds one secret text; only :meth:`reveal` gives it out.

    Python cannot wipe a ``str``. The wrapper keeps the text out of ``repr``, formatting, pickling and
    comparison by value, so that it can be lost only on purpose.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one line that hands it to a far end."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __format__(self, _specification: str) -> str:
        return "Secret(…)"

    def __reduce__(self) -> Never:
        raise TypeError("a secret is not written to bytes")
