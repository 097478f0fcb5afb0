"""Which record is the person's, and what the profile shows of both sources."""

import logging

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import FoundUsers
from ingenes_desktop.application.session import Session
from ingenes_desktop.domain.email_address import is_searchable, same_address
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.machine import CompanyCheck
from ingenes_desktop.domain.models import CognitoIdentity, FileMakerUser
from ingenes_desktop.domain.user import User

DEFAULT_USER_TYPE = "Usuario"
DEFAULT_STATUS = "Active"


def find_person(
    session: Session, company_check: CompanyCheck, attempt: Attempt
) -> tuple[User, FileMakerUser]:
    """Who has signed in, and their record: the rest of the chain, once there are tokens. Raises AuthError."""
    identity = session.identify(attempt)
    email = verified_email(session, identity, attempt)
    found = session.find_users(email, attempt)
    chosen = choose_record(found, email, identity.customer_id, company_check)
    return describe_user(identity, chosen, email), chosen


def verified_email(session: Session, identity: CognitoIdentity, attempt: Attempt) -> str:
    """The address that the account is found by. Raises AuthError EMAIL_MISSING or EMAIL_NOT_VERIFIED."""
    email, verified = identity.email, identity.email_verified
    if not email:
        email, verified = session.read_email(attempt)
    if not email:
        raise AuthError(ErrorCode.EMAIL_MISSING)
    if verified is False:
        raise AuthError(ErrorCode.EMAIL_NOT_VERIFIED)
    if not is_searchable(email):
        raise AuthError(ErrorCode.EMAIL_MISSING, detail="malformed")
    return email


def choose_record(
    found: FoundUsers, email: str, customer_id: str, company_check: CompanyCheck
) -> FileMakerUser:
    """The one record that belongs to ``email``.

    FileMaker compares loosely (letter case, accents, trailing returns) and ``@`` is a wildcard of its
    finds, so what it gave is compared exactly here; a record without an address is no match. Raises
    AuthError USER_NOT_FOUND, SEVERAL_RECORDS or OTHER_COMPANY.
    """
    exact = [user for user in found.users if user.email and same_address(user.email, email)]
    if not exact:
        record("record_not_found", count=len(found.users))
        raise AuthError(ErrorCode.USER_NOT_FOUND)
    if found.found_count > len(found.users):
        record("records_not_all_seen", count=found.found_count)
        raise AuthError(ErrorCode.SEVERAL_RECORDS)
    exact = _of_company(exact, customer_id.strip(), company_check)
    if len(exact) > 1:
        if len({user.user_id for user in exact}) > 1 or not exact[0].user_id:
            raise AuthError(ErrorCode.SEVERAL_RECORDS)
        record("record_stands_twice", level=logging.WARNING, count=len(exact))
    return min(exact, key=lambda user: int(user.record_id))


def _of_company(users: list[FileMakerUser], customer_id: str, check: CompanyCheck) -> list[FileMakerUser]:
    if check is CompanyCheck.OFF or not customer_id:
        return users
    same = [user for user in users if user.company_id in {"", customer_id}]
    if len(same) < len(users):
        record("company_differs", level=logging.WARNING, count=len(users) - len(same))
    if check is CompanyCheck.LOG:
        return same or users
    if not same:
        raise AuthError(ErrorCode.OTHER_COMPANY)
    return same


def describe_user(identity: CognitoIdentity, user: FileMakerUser, email: str) -> User:
    """The profile, row by row: FileMaker's fact, else Cognito's, else "" (shown as a dash)."""
    cognito_name = f"{identity.first_name} {identity.last_name}".strip()
    return User(
        user_id=user.user_id or user.record_id,
        full_name=user.full_name or cognito_name or email,
        email=user.email or email,
        user_type=user.user_type or DEFAULT_USER_TYPE,
        company=user.company_id or identity.customer_id,
        clinic=identity.store_name,
        username=user.username,
        phone=user.phone,
        registered_on=user.registered_on,
        status=identity.location_status or DEFAULT_STATUS,
    )
