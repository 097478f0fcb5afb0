"""Support references: short, and to be found again in the log."""

# Without letters and digits that look alike when they are read out over a telephone.
CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6


def new_reference() -> str:
    """A reference such as "7K3Q9F"."""
    # Imported when something goes wrong, not before the first paint.
    from secrets import choice  # noqa: PLC0415

    return "".join(choice(CHARACTERS) for _ in range(LENGTH))
