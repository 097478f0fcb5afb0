"""Which record is the person's: the table of none, one, several and look-alikes."""

import pytest

from ingenes_desktop.application.person import choose_record, describe_user
from ingenes_desktop.application.ports import FoundUsers
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import CompanyCheck
from ingenes_desktop.domain.models import CognitoIdentity, FileMakerUser
from tests.application.far_ends import EMAIL, IDENTITY, user

LOOK_ALIKE = user("8", email="anaXclinica.example")


def chosen(
    *users: FileMakerUser,
    customer_id: str = "2",
    check: CompanyCheck = CompanyCheck.REFUSE,
    found_count: int | None = None,
) -> FileMakerUser:
    found = FoundUsers(users, len(users) if found_count is None else found_count)
    return choose_record(found, EMAIL, customer_id, check)


def refusal(*users: FileMakerUser, **how: object) -> ErrorCode:
    with pytest.raises(AuthError) as caught:
        chosen(*users, **how)  # type: ignore[arg-type]  # forwarded as they came
    return caught.value.code


def test_exactly_one_exact_match_is_the_person() -> None:
    assert chosen(LOOK_ALIKE, user("7", email=EMAIL.upper())).record_id == "7"


@pytest.mark.parametrize(
    "users", [(), (LOOK_ALIKE,), (user(email=""),), (user(email="aña@clinica.example"),)]
)
def test_none_or_only_look_alikes_is_nobody(users: tuple[FileMakerUser, ...]) -> None:
    assert refusal(*users) is ErrorCode.USER_NOT_FOUND


def test_the_same_user_twice_is_the_lowest_record() -> None:
    assert chosen(user("12"), user("9")).record_id == "9"


def test_several_users_with_one_address_are_refused() -> None:
    assert refusal(user("7"), user("8", user_id="5002")) is ErrorCode.SEVERAL_RECORDS
    assert refusal(user("7", user_id=""), user("8", user_id="")) is ErrorCode.SEVERAL_RECORDS


def test_more_found_than_seen_is_refused() -> None:
    assert refusal(user(), found_count=11) is ErrorCode.SEVERAL_RECORDS


@pytest.mark.parametrize("company_id", ["2", ""])
def test_the_company_is_compared_where_both_have_one(company_id: str) -> None:
    assert chosen(user(company_id=company_id)).record_id == "7"
    assert chosen(user(company_id="9"), customer_id="").record_id == "7"
    assert chosen(user(), customer_id=" 2 ").record_id == "7"


def test_another_companys_record_is_refused_or_only_logged() -> None:
    assert refusal(user(company_id="9")) is ErrorCode.OTHER_COMPANY
    assert chosen(user(company_id="9"), check=CompanyCheck.LOG).record_id == "7"
    assert chosen(user(company_id="9"), check=CompanyCheck.OFF).record_id == "7"


def test_the_company_decides_between_two_people_of_one_address() -> None:
    assert chosen(user("7"), user("8", user_id="5002", company_id="9")).record_id == "7"
    both = (user("7"), user("8", user_id="5002", company_id="9"))
    assert chosen(*both, check=CompanyCheck.LOG).record_id == "7"
    both = (user("7", company_id="9"), user("8", user_id="5002", company_id="9"))
    assert refusal(*both) is ErrorCode.OTHER_COMPANY


def test_the_profile_takes_filemakers_facts_first() -> None:
    record = user()
    shown = describe_user(IDENTITY, record, EMAIL)
    assert (shown.user_id, shown.full_name, shown.company, shown.clinic) == (
        "5001",
        "Ana Ortega",
        "2",
        "Centro",
    )
    assert (shown.user_type, shown.username, shown.status) == ("Administrador", "aortega", "Active")


def test_the_profile_falls_back_row_by_row() -> None:
    bare = FileMakerUser("7", "Usuarios", "", "", "", "", "", "", "", None)
    identity = CognitoIdentity(
        "sub",
        "ana",
        EMAIL,
        None,
        first_name="Ana",
        last_name="Ortega",
        customer_id="3",
        location_status="Off",
    )
    shown = describe_user(identity, bare, EMAIL)
    assert (shown.user_id, shown.full_name, shown.email) == ("7", "Ana Ortega", EMAIL)
    assert (shown.user_type, shown.company, shown.status, shown.phone) == ("Usuario", "3", "Off", "")
    nameless = CognitoIdentity("sub", "ana", EMAIL, None)
    assert describe_user(nameless, bare, EMAIL).full_name == EMAIL
    assert describe_user(nameless, user(), EMAIL).registered_on is None
