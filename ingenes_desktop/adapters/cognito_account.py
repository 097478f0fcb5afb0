"""What a person changes about the account: the password, and codes from an authenticator app.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
"""

from re import fullmatch
from typing import Any
from urllib.parse import quote

from ingenes_desktop.adapters.cognito_challenges import session_of
from ingenes_desktop.adapters.cognito_client import AppClient
from ingenes_desktop.adapters.retrying import read_with_retries
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.account_panel import TwoStepFactors
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Challenge, SoftwareToken
from ingenes_desktop.domain.question import AuthenticatorKey, Factor
from ingenes_desktop.domain.secret import Secret

ISSUER_NAME = "Ingenes"
"""What an authenticator app calls the place that the code is for."""
_CODE = r"[0-9]{6}"
_KEY = r"[A-Z2-7]{12,128}"
_LONGEST_ACCOUNT = 128
_SECOND_FACTORS = {each.value: each for each in (Factor.TOTP, Factor.SMS, Factor.EMAIL)}


def associated_token(
    client: AppClient, holder: Challenge | Secret, account: str, issuer_name: str, attempt: Attempt
) -> SoftwareToken:
    """AssociateSoftwareToken."""
    answer = client.call("associate_software_token", attempt, **_held_by(holder))
    secret_code = answer.get("SecretCode")
    key = secret_code.upper().rstrip("=") if isinstance(secret_code, str) else ""
    if not fullmatch(_KEY, key):
        raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="SECRET-CODE")
    return SoftwareToken(_authenticator_key(key, account, issuer_name), _next_session(holder, answer))


def verified_token(
    client: AppClient, holder: Challenge | Secret, code: Secret, attempt: Attempt
) -> Secret | None:
    """VerifySoftwareToken. Sent once; not at all for what no authenticator app shows."""
    if not fullmatch(_CODE, code.reveal()):
        raise AuthError(ErrorCode.CODE_MISMATCH)
    answer = client.call("verify_software_token", attempt, UserCode=code.reveal(), **_held_by(holder))
    match answer.get("Status"):
        case "SUCCESS":
            return _next_session(holder, answer)
        case "ERROR":
            raise AuthError(ErrorCode.CODE_MISMATCH)
        case _:
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="STATUS")


def two_step_factors(client: AppClient, access_token: Secret, attempt: Attempt) -> TwoStepFactors:
    """GetUser's UserMFASettingList and PreferredMfaSetting, as far as they are known here."""
    answer = read_with_retries(
        lambda: client.call("get_user", attempt, AccessToken=access_token.reveal()), attempt
    )
    if not isinstance(answer.get("Username"), str):
        # Without the list, nothing is on: an answer that says nothing at all must not say that.
        raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="GET-USER")
    names = answer.get("UserMFASettingList")
    active = [_factor(name) for name in names] if isinstance(names, list) else []
    return TwoStepFactors(
        tuple(dict.fromkeys(factor for factor in active if factor is not None)),
        _factor(answer.get("PreferredMfaSetting")),
    )


def prefer_token(client: AppClient, access_token: Secret, attempt: Attempt, *, enabled: bool) -> None:
    """SetUserMFAPreference; other factors stay as they are."""
    client.call(
        "set_user_mfa_preference",
        attempt,
        AccessToken=access_token.reveal(),
        SoftwareTokenMfaSettings={"Enabled": enabled, "PreferredMfa": enabled},
    )


def changed_password(
    client: AppClient, access_token: Secret, old: Secret, new: Secret, attempt: Attempt
) -> None:
    """ChangePassword."""
    client.call(
        "change_password",
        attempt,
        AccessToken=access_token.reveal(),
        PreviousPassword=old.reveal(),
        ProposedPassword=new.reveal(),
    )


def _held_by(holder: Challenge | Secret) -> dict[str, str]:
    if isinstance(holder, Challenge):
        return {"Session": holder.session.reveal()}
    return {"AccessToken": holder.reveal()}


def _next_session(holder: Challenge | Secret, answer: dict[str, Any]) -> Secret | None:
    """The newest Session for a challenge; None for an access token."""
    if isinstance(holder, Secret):
        return None
    session = session_of(answer)
    if session is None:
        raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="CHALLENGE-SESSION")
    return session


def _authenticator_key(key: str, account: str, issuer_name: str) -> AuthenticatorKey:
    """``key`` as text, and as the QR code of its address.

    https://github.com/google/google-authenticator/wiki/Key-Uri-Format
    """
    from ingenes_desktop.adapters.qr_code import symbol_of  # noqa: PLC0415  segno, only where one is drawn

    issuer = quote(issuer_name, safe="")
    label = f"{issuer}:{quote(account[:_LONGEST_ACCOUNT], safe='')}"
    address = f"otpauth://totp/{label}?secret={key}&issuer={issuer}"
    return AuthenticatorKey(Secret(key), symbol_of(address))


def _factor(name: object) -> Factor | None:
    return _SECOND_FACTORS.get(name) if isinstance(name, str) else None
