"""A new password on its way to Cognito, and what a lost answer says of it: nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from ingenes_desktop.domain.errors import AuthError, ErrorCode

_LOST = frozenset({"TIMEOUT", "DEADLINE", "BROKEN-OFF"})
"""Details of NOT_RESPONDING with which the request may have arrived."""


def in_doubt(error: AuthError) -> AuthError:
    """What ``error`` says of the new password that was sent.

    Where the answer is lost it may have been taken, and whoever tries again is refused for that.
    """
    if error.code is ErrorCode.NOT_RESPONDING and error.detail in _LOST:
        return AuthError(ErrorCode.PASSWORD_IN_DOUBT, detail=error.detail)
    return error


@contextmanager
def password_in_doubt() -> Iterator[None]:
    """Within the block a new password is sent; see :func:`in_doubt`."""
    try:
        yield
    except AuthError as error:
        failure = in_doubt(error)
    else:
        return
    raise failure
