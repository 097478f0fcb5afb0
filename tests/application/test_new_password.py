"""Where the answer to a new password is lost, nobody knows whether Cognito took it."""

from collections.abc import Callable

import pytest

from ingenes_desktop.application.account import AccountSettings
from ingenes_desktop.application.password_reset import PasswordReset
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL, Cloud, attempt_for
from tests.application.sessions import signed_in

OLD, NEW = Secret("old"), Secret("new")
WAYS: dict[str, Callable[[Cloud], None]] = {
    "ChangePassword": lambda cloud: AccountSettings(cloud).change_password(
        signed_in(cloud), OLD, NEW, attempt_for(cloud.clock)
    ),
    "ConfirmForgotPassword 123456": lambda cloud: PasswordReset(cloud).confirm(
        EMAIL, "123456", NEW, attempt_for(cloud.clock)
    ),
}


def refused(way: str, error: AuthError) -> AuthError:
    cloud = Cloud(fails={way: [error]})
    with pytest.raises(AuthError) as caught:
        WAYS[way](cloud)
    assert cloud.calls.count(way) == 1, "sent once"
    return caught.value


@pytest.mark.parametrize("detail", ["TIMEOUT", "DEADLINE", "BROKEN-OFF"])
@pytest.mark.parametrize("way", WAYS)
def test_a_lost_answer_leaves_it_open(way: str, detail: str) -> None:
    error = refused(way, AuthError(ErrorCode.NOT_RESPONDING, detail=detail))
    assert (error.code, error.detail) == (ErrorCode.PASSWORD_IN_DOUBT, detail)


@pytest.mark.parametrize(
    "error",
    [
        AuthError(ErrorCode.NOT_RESPONDING, detail="HTTP-500"),
        AuthError(ErrorCode.NOT_RESPONDING, detail="InternalErrorException"),
        AuthError(ErrorCode.NO_NETWORK, detail="CONNECT"),
    ],
    ids=lambda error: error.detail,
)
@pytest.mark.parametrize("way", WAYS)
def test_an_answer_that_came_is_told_as_it_is(way: str, error: AuthError) -> None:
    assert refused(way, error).code is error.code
