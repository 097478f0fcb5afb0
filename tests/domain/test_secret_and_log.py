"""A secret stays out of texts, and the log lets only tokens of our own through."""

import logging
import pickle

import pytest

from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import LOGGER_NAME, record, record_bug
from ingenes_desktop.domain.models import CognitoTokens
from ingenes_desktop.domain.secret import Secret

CANARY = "Canario-7f3a-2026"


def test_no_text_of_a_secret_shows_it() -> None:
    secret = Secret(CANARY)
    tokens = CognitoTokens(secret, secret, secret, 3600)
    for text in (str(secret), repr(secret), f"{secret}", f"{secret:>40}", "%s" % secret, repr(tokens)):  # noqa: UP031  each way of making a text
        assert CANARY not in text
    assert secret.reveal() == CANARY
    with pytest.raises(TypeError):
        pickle.dumps(secret)


@pytest.mark.parametrize(
    "value",
    [
        "ana@clinica.example",
        "two words",
        "x" * 65,
        "line\nbreak",
        "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJl",
        CANARY + " ",
        "ñ",
    ],
)
def test_a_foreign_text_never_enters_the_log(value: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, LOGGER_NAME):
        record("happening", code=value)
        record("happening", password=CANARY)
    assert value not in caplog.text.replace("happening", "")
    assert CANARY not in caplog.text
    assert caplog.text.count("<redacted>") == 2


def test_a_refused_setting_is_named_with_its_source(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, LOGGER_NAME):
        record("problem", code=ErrorCode.SETTING_INVALID, detail="filemaker.ports (policy.json)")
        record("problem", code=ErrorCode.SETTING_INVALID, detail="aws_region (a (b))")
    assert caplog.messages == [
        "problem code=setting_invalid detail=filemaker.ports (policy.json)",
        "problem code=setting_invalid detail=<redacted>",
    ]


def test_an_event_tells_what_support_needs(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, LOGGER_NAME):
        record("problem", code=ErrorCode.NO_NETWORK, detail="TLS-20", reference="7K3Q9F", wait=7.0, count=2)
    assert caplog.messages == ["problem code=no_network detail=TLS-20 reference=7K3Q9F wait=7.000 count=2"]


def test_a_bug_is_logged_without_its_text(caplog: pytest.LogCaptureFixture) -> None:
    def stumble() -> None:
        raise ValueError(CANARY)

    with caplog.at_level(logging.INFO, LOGGER_NAME):
        try:
            stumble()
        except ValueError as error:
            record_bug(error)
    assert "error=ValueError" in caplog.text
    assert "location=stumble:" in caplog.text
    assert CANARY not in caplog.text


@pytest.mark.parametrize(
    ("asked", "kept"), [(None, None), (7.0, 7.0), (86_400.0, 900.0), (-1.0, 1.0), (0.0, 1.0)]
)
def test_a_wait_is_bounded(asked: float | None, kept: float | None) -> None:
    assert AuthError(ErrorCode.BUSY, wait_seconds=asked).wait_seconds == kept


def test_a_detail_is_a_token_or_nothing() -> None:
    assert AuthError(ErrorCode.REFUSED, detail="FM-212").detail == "FM-212"
    assert AuthError(ErrorCode.REFUSED, detail="<b>ana@clinica.example</b>").detail == ""
