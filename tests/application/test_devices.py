"""Devices that Cognito tracks: confirmed once, named in each refresh, shown at the next sign-in."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread

import pytest

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ending import Ending
from ingenes_desktop.application.outcome import Accepted, Refused, Restored, SignInOutcome
from ingenes_desktop.application.ports import DeviceRefusedError
from ingenes_desktop.application.session import Session
from ingenes_desktop.application.sessions import Sessions
from ingenes_desktop.application.sign_in import SignIn
from ingenes_desktop.domain.answer import CodeAnswer
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import CompanyCheck
from ingenes_desktop.domain.models import Challenge, CognitoTokens, Device, NewDevice, RenewedTokens
from ingenes_desktop.domain.question import CodeQuestion, Factor
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import replace
from tests.application.far_ends import EMAIL, Cloud, Vault, attempt_for
from tests.application.sessions import restore, sessions, vault_of

KEY = "us-east-1_0a1b2c3d"
CONFIRM = f"ConfirmDevice {KEY}"
TRACKED = CognitoTokens(
    Secret("id"), Secret("access"), Secret("refresh"), 3600, NewDevice(KEY, Secret("group"))
)
UNTRACKED = replace(TRACKED, new_device=None)


def personal(cloud: Cloud) -> SignIn:
    """The chain of one person's own computer."""
    return SignIn(sessions(cloud), company_check=CompanyCheck.REFUSE, remembers_devices=True)


def run(cloud: Cloud, sign_in: SignIn, username: str = EMAIL) -> SignInOutcome:
    return sign_in.run(username, Secret("secret"), attempt_for(cloud.clock))


def signed_in(cloud: Cloud, sign_in: SignIn, username: str = EMAIL) -> Session:
    outcome = run(cloud, sign_in, username)
    assert isinstance(outcome, Accepted)
    return outcome.session


def confirm(cloud: Cloud, session: Session) -> None:
    session.confirm_device(attempt_for(cloud.clock))


def renew(cloud: Cloud, session: Session) -> None:
    session.renew(attempt_for(cloud.clock))


def test_a_new_device_is_confirmed_once() -> None:
    cloud = Cloud(answer=TRACKED)
    session = signed_in(cloud, personal(cloud))
    assert CONFIRM not in cloud.calls, "nobody waits for that"
    confirm(cloud, session)
    confirm(cloud, session)
    assert cloud.calls.count(CONFIRM) == 1
    assert cloud.access_tokens_used == ["access"]


def test_where_cognito_tracks_none_nothing_is_confirmed_or_named() -> None:
    cloud = Cloud()
    session = signed_in(cloud, personal(cloud))
    cloud.calls.clear()
    confirm(cloud, session)
    renew(cloud, session)
    assert cloud.calls == ["Refresh ana", "verify"]
    assert cloud.device_keys_used == [""]


def test_a_kiosk_confirms_none() -> None:
    cloud = Cloud(answer=TRACKED)
    kiosk = replace(sessions(cloud), confirms_devices=False)
    session = signed_in(cloud, SignIn(kiosk, company_check=CompanyCheck.REFUSE))
    confirm(cloud, session)
    renew(cloud, session)
    assert CONFIRM not in cloud.calls


def test_a_refresh_names_it() -> None:
    cloud = Cloud(answer=TRACKED)
    session = signed_in(cloud, personal(cloud))
    confirm(cloud, session)
    renew(cloud, session)
    assert cloud.device_keys_used == [KEY]


@pytest.mark.parametrize("code", [ErrorCode.NO_NETWORK, ErrorCode.SESSION_ENDED, ErrorCode.REFUSED])
def test_what_failed_is_tried_again_before_a_refresh(code: ErrorCode) -> None:
    cloud = Cloud(answer=TRACKED, fails={CONFIRM: [AuthError(code), AuthError(code)]})
    session = signed_in(cloud, personal(cloud))
    confirm(cloud, session)
    cloud.calls.clear()
    renew(cloud, session)
    assert cloud.calls == [CONFIRM, "Refresh ana", "verify"], "and the refresh is made all the same"
    renew(cloud, session)
    renew(cloud, session)
    assert cloud.calls.count(CONFIRM) == 2
    assert cloud.access_tokens_used == ["access", "access", "access-1"]


def test_a_confirmation_that_hangs_does_not_hold_a_refresh_up() -> None:
    cloud = Cloud(answer=TRACKED)
    session = signed_in(cloud, personal(cloud))

    def hang(call: str) -> None:
        if call == CONFIRM:
            cloud.clock.now += 15
            raise AuthError(ErrorCode.NOT_RESPONDING)

    cloud.before = hang
    renew(cloud, session)
    assert cloud.calls[-3:] == [CONFIRM, "Refresh ana", "verify"]


@dataclass
class _SilentCloud(Cloud):
    """Says nothing to a ConfirmDevice, for as long as that is waited for."""

    meanwhile: Callable[[], None] = lambda: None

    def confirm_device(self, _access_token: Secret, _device: NewDevice, attempt: Attempt) -> Device:
        self.calls.append(CONFIRM)
        self.meanwhile()
        self.clock.now += attempt.remaining()
        raise AuthError(ErrorCode.NOT_RESPONDING)


def test_a_confirmation_that_hangs_leaves_a_refresh_its_share_of_one_step() -> None:
    cloud = _SilentCloud(answer=TRACKED)
    session = signed_in(cloud, personal(cloud))
    # As the one that watches over the session gives it: no more than a step in all.
    session.renew(Attempt(clock=cloud.clock, step_seconds=15, total_seconds=15))
    assert cloud.calls[-3:] == [CONFIRM, "Refresh ana", "verify"]


def test_a_cancel_ends_a_confirmation_before_a_refresh() -> None:
    cloud = _SilentCloud(answer=TRACKED)
    session = signed_in(cloud, personal(cloud))
    attempt = attempt_for(cloud.clock)
    cloud.meanwhile = attempt.cancel
    began = cloud.clock.now
    with pytest.raises(AuthError) as raised:
        session.renew(attempt)
    assert raised.value.code is ErrorCode.CANCELLED
    assert (cloud.calls[-1], cloud.clock.now) == (CONFIRM, began)


def test_nothing_is_confirmed_with_a_token_that_is_over() -> None:
    cloud = Cloud(answer=TRACKED)
    session = signed_in(cloud, personal(cloud))
    cloud.calls.clear()
    cloud.clock.now += 3_600
    confirm(cloud, session)
    renew(cloud, session)
    assert cloud.calls == ["Refresh ana", "verify"]


def test_nothing_is_confirmed_after_the_end() -> None:
    cloud = Cloud(answer=TRACKED)
    session = signed_in(cloud, personal(cloud))
    session.end(attempt_for(cloud.clock), Ending.HERE)
    confirm(cloud, session)
    assert CONFIRM not in cloud.calls


def test_two_threads_confirm_it_once() -> None:
    reached, go_on = Event(), Event()

    def hold(call: str) -> None:
        if call == CONFIRM:
            reached.set()
            assert go_on.wait(5)

    cloud = Cloud(answer=TRACKED, before=hold)
    session = signed_in(cloud, personal(cloud))
    other = Thread(target=confirm, args=(cloud, session))
    other.start()
    assert reached.wait(5)
    renew(cloud, session)
    go_on.set()
    other.join(5)
    confirm(cloud, session)
    assert cloud.calls.count(CONFIRM) == 1


# ------------------------------------------------------------------------------------- the next sign-in


def known(cloud: Cloud) -> SignIn:
    """A chain that knows Ana's device."""
    cloud.answer = TRACKED
    sign_in = personal(cloud)
    confirm(cloud, signed_in(cloud, sign_in))
    cloud.answer = UNTRACKED
    cloud.devices_shown.clear()
    return sign_in


def test_the_next_sign_in_shows_it_whatever_the_names_case() -> None:
    cloud = Cloud()
    sign_in = known(cloud)
    session = signed_in(cloud, sign_in, EMAIL.upper())
    (shown,) = cloud.devices_shown
    assert shown is not None
    assert (shown.key, shown.password.reveal()) == (KEY, "device-password")
    renew(cloud, session)
    assert cloud.device_keys_used == [KEY], "a refresh of that sign-in names it too"


def test_a_colleague_does_not_show_it() -> None:
    cloud = Cloud()
    signed_in(cloud, known(cloud), "beto@clinica.example")
    assert cloud.devices_shown == [None]


def test_a_shared_desk_remembers_none() -> None:
    cloud = Cloud(answer=TRACKED)
    sign_in = SignIn(sessions(cloud), company_check=CompanyCheck.REFUSE)
    confirm(cloud, signed_in(cloud, sign_in))
    signed_in(cloud, sign_in)
    assert CONFIRM in cloud.calls
    assert cloud.devices_shown == [None, None]


def test_a_device_that_is_not_confirmed_is_not_shown() -> None:
    cloud = Cloud(answer=TRACKED)
    sign_in = personal(cloud)
    signed_in(cloud, sign_in)
    signed_in(cloud, sign_in)
    assert cloud.devices_shown == [None, None]


def test_a_question_carries_it_along() -> None:
    cloud = Cloud()
    sign_in = known(cloud)
    cloud.answer = Challenge("SMS_MFA", "sub-1", Secret("session"), CodeQuestion(Factor.SMS))
    outcome = run(cloud, sign_in)
    challenge = outcome.challenge  # type: ignore[union-attr]  # an Asked, or the test fails here
    assert challenge.device is not None
    cloud.answer = UNTRACKED
    accepted = sign_in.answer(challenge, CodeAnswer(Secret("123456")), attempt_for(cloud.clock))
    assert isinstance(accepted, Accepted)
    renew(cloud, accepted.session)
    assert cloud.device_keys_used == [KEY]


def test_one_that_cognito_has_forgotten_is_forgotten_and_nothing_is_resent() -> None:
    cloud = Cloud()
    sign_in = known(cloud)
    cloud.calls.clear()
    cloud.fails["InitiateAuth"] = [DeviceRefusedError(ErrorCode.REFUSED, detail="DEVICE-UNKNOWN")]
    outcome = run(cloud, sign_in)
    assert isinstance(outcome, Refused)
    assert outcome.error.code is ErrorCode.REFUSED
    assert cloud.calls == ["InitiateAuth"]
    signed_in(cloud, sign_in)
    assert cloud.devices_shown[1:] == [None]


def test_a_new_device_takes_the_place_of_the_one_that_was_shown() -> None:
    cloud = Cloud()
    sign_in = known(cloud)
    other = NewDevice("us-east-1_ffff", Secret("group"))
    cloud.answer = replace(TRACKED, new_device=other)
    session = signed_in(cloud, sign_in)
    confirm(cloud, session)
    renew(cloud, session)
    assert cloud.device_keys_used == [other.key]
    signed_in(cloud, sign_in)
    assert cloud.devices_shown[-1] is not None
    assert cloud.devices_shown[-1].key == other.key


# ------------------------------------------------------------------------------------------- the vault


def test_the_vault_keeps_its_key_for_the_refresh_of_a_restored_session() -> None:
    cloud = Cloud(answer=TRACKED)
    vault = Vault()
    signed_in(cloud, personal(cloud)).keep_in(vault)
    assert vault.kept().device_key == KEY
    outcome = restore(cloud).run(vault, vault.kept(), attempt_for(cloud.clock))
    assert isinstance(outcome, Restored)
    assert cloud.device_keys_used == [KEY]
    assert CONFIRM not in cloud.calls, "it is confirmed where its password was made"


def test_a_rotated_token_is_kept_with_it() -> None:
    cloud = Cloud(answer=TRACKED, rotates=True)
    vault = Vault()
    session = signed_in(cloud, personal(cloud))
    session.keep_in(vault)
    renew(cloud, session)
    kept = vault.kept()
    assert (kept.refresh_token.reveal(), kept.device_key) == ("refresh-1", KEY)


def test_another_instances_record_brings_its_own() -> None:
    cloud = Cloud()
    vault = vault_of(cloud, device_key="us-east-1_old")
    read = vault.kept()
    vault.record = replace(read, device_key="us-east-1_new")
    outcome = restore(cloud).run(vault, read, attempt_for(cloud.clock))
    assert isinstance(outcome, Restored)
    assert cloud.device_keys_used == ["us-east-1_new"]


def test_the_end_everywhere_names_it_where_it_must_refresh_first() -> None:
    cloud = Cloud(answer=TRACKED, renewed=RenewedTokens(Secret("id"), Secret("fresh"), None, 3600))
    session = signed_in(cloud, personal(cloud))
    cloud.clock.now += 3_600
    session.end(attempt_for(cloud.clock), Ending.EVERYWHERE)
    assert cloud.device_keys_used == [KEY]
    assert cloud.calls[-1] == "GlobalSignOut"


def test_sessions_confirm_unless_told_otherwise() -> None:
    cloud = Cloud()
    assert Sessions(cloud.far_ends(), cloud.clocks, 60.0, 300.0).confirms_devices
