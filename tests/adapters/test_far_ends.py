"""What the settings make of the chain: the flow, and what becomes of a device on each kind of machine."""

import pytest

from ingenes_desktop.application.outcome import Accepted, Asked, Refused
from ingenes_desktop.application.services import Services
from ingenes_desktop.application.session import Session
from ingenes_desktop.domain.answer import CodeAnswer
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import AuthFlow, MachineKind
from ingenes_desktop.domain.question import AuthenticatorQuestion, CodeQuestion, Factor
from ingenes_desktop.domain.secret import Secret
from tests.adapters.test_cognito_devices import GROUP, KEY, device_server, question
from tests.adapters.test_cognito_srp import judge, server, verifier_challenge
from tests.scripted_cloud import AUTHENTICATOR_KEY, EMAIL, ScriptedCloud, challenge, new_attempt, password
from tests.scripted_server import refuse, respond_json

CONFIRM = "ConfirmDevice"


def services_of(far: ScriptedCloud, machine: MachineKind = MachineKind.PERSONAL) -> Services:
    """The production services on such a machine."""
    return far.services(far.settings(machine=machine))


def signed_in(services: Services) -> Session:
    outcome = services.sign_in.run(EMAIL, password(), new_attempt())
    assert isinstance(outcome, Accepted)
    return outcome.session


def tracked(far: ScriptedCloud) -> None:
    """Cognito tracks devices."""
    metadata = {"DeviceKey": KEY, "DeviceGroupKey": GROUP}
    far.script("InitiateAuth", far.tokens(NewDeviceMetadata=metadata))
    far.script(CONFIRM, respond_json({"UserConfirmationNecessary": False}))


@pytest.mark.parametrize("flow", [AuthFlow.USER_SRP_AUTH, AuthFlow.CUSTOM_AUTH])
def test_the_whole_chain_without_a_password_on_the_wire(far: ScriptedCloud, flow: AuthFlow) -> None:
    far_side = server()
    far.script("InitiateAuth", verifier_challenge(far_side))
    far.script("RespondToAuthChallenge", judge(far, far_side))
    signed_in(far.services(far.settings(auth_flow=flow)))
    bodies = b"".join(
        request.body
        for each in far.operations()
        for request in far.requests(each)
        if each != "GetSecretValue"
    )
    assert password().reveal().encode() not in bodies


def test_a_wrong_proof_is_a_wrong_password_and_is_counted(far: ScriptedCloud) -> None:
    far_side = server("Otra-Clave-9!")
    far.script("InitiateAuth", verifier_challenge(far_side))
    far.script("RespondToAuthChallenge", judge(far, far_side))
    sign_in = far.services(far.settings(auth_flow=AuthFlow.USER_SRP_AUTH)).sign_in
    for _ in range(7):
        outcome = sign_in.run(EMAIL, password(), new_attempt())
        assert isinstance(outcome, Refused)
        assert outcome.error.code is ErrorCode.WRONG_CREDENTIALS
    far.script("InitiateAuth", refuse("NotAuthorizedException", "Password attempts exceeded"))
    locked = sign_in.run(EMAIL, password(), new_attempt())
    assert isinstance(locked, Refused)
    assert locked.error.wait_seconds is not None
    assert 1 <= locked.error.wait_seconds <= 4


def test_questions_one_after_the_other_to_the_record(far: ScriptedCloud) -> None:
    services = services_of(far)
    far.script("InitiateAuth", challenge("MFA_SETUP", MFAS_CAN_SETUP='["SOFTWARE_TOKEN_MFA"]'))
    asked = services.sign_in.run(EMAIL, password(), new_attempt())
    assert isinstance(asked, Asked)
    assert isinstance(asked.challenge.question, AuthenticatorQuestion)
    assert asked.challenge.question.key.text.reveal() == AUTHENTICATOR_KEY
    far.script("RespondToAuthChallenge", challenge("SMS_MFA", CODE_DELIVERY_DESTINATION="+*42"), times=1)
    asked = services.sign_in.answer(asked.challenge, CodeAnswer(Secret("012345")), new_attempt())
    assert isinstance(asked, Asked)
    assert asked.challenge.question == CodeQuestion(Factor.SMS, "+*42")
    outcome = services.sign_in.answer(asked.challenge, CodeAnswer(Secret("012345")), new_attempt())
    assert isinstance(outcome, Accepted)
    assert far.operations()[:5] == [
        "InitiateAuth",
        "AssociateSoftwareToken",
        "VerifySoftwareToken",
        "RespondToAuthChallenge",
        "RespondToAuthChallenge",
    ]


# ------------------------------------------------------------------------------------------- devices


@pytest.mark.parametrize("machine", MachineKind)
def test_a_device_is_confirmed_where_something_may_stay_behind(
    far: ScriptedCloud, machine: MachineKind
) -> None:
    tracked(far)
    signed_in(services_of(far, machine)).confirm_device(new_attempt())
    assert len(far.requests(CONFIRM)) == (0 if machine is MachineKind.KIOSK else 1)


@pytest.mark.parametrize("machine", MachineKind)
def test_a_device_is_shown_again_on_ones_own_machine_alone(far: ScriptedCloud, machine: MachineKind) -> None:
    services = services_of(far, machine)
    tracked(far)
    signed_in(services).confirm_device(new_attempt())
    far.mend()
    signed_in(services)
    shown = far.requests("InitiateAuth")[-1].json["AuthParameters"].get("DEVICE_KEY")
    assert shown == (KEY if machine is MachineKind.PERSONAL else None)


def test_a_device_that_was_confirmed_is_proved_at_the_next_sign_in(far: ScriptedCloud) -> None:
    services = services_of(far)
    tracked(far)
    session = signed_in(services)
    session.confirm_device(new_attempt())
    known = services.sign_in._devices.of(EMAIL)
    assert known is not None
    far_side = device_server(known)
    far.script("InitiateAuth", question("DEVICE_SRP_AUTH"))
    far.script(
        "RespondToAuthChallenge", question("DEVICE_PASSWORD_VERIFIER", **far_side.parameters()), times=1
    )
    again = services.sign_in.run(EMAIL, password(), new_attempt())
    assert isinstance(again, Accepted)
    first, second = (request.json for request in far.requests("RespondToAuthChallenge"))
    assert first["ChallengeName"] == "DEVICE_SRP_AUTH"
    assert far_side.accepts(first["ChallengeResponses"]["SRP_A"], second["ChallengeResponses"])


def test_a_refresh_names_it(far: ScriptedCloud) -> None:
    tracked(far)
    session = signed_in(services_of(far))
    session.renew(new_attempt())
    (sent,) = far.requests("GetTokensFromRefreshToken")
    assert sent.json["DeviceKey"] == KEY
    assert far.operations().index(CONFIRM) < far.operations().index("GetTokensFromRefreshToken")
