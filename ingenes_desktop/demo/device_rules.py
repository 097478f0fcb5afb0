"""Devices that Cognito tracks: named at a sign-in, confirmed, and proving themselves by SRP afterwards.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
"""

import base64
import binascii
import secrets
from collections.abc import Callable, Mapping
from uuid import uuid4

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, Request, required_text
from ingenes_desktop.demo.challenge_sessions import Asked, ChallengeSessions, Progress
from ingenes_desktop.demo.lockout import wrong_password
from ingenes_desktop.demo.person import Person, TrackedDevice
from ingenes_desktop.demo.srp_server import Handshake, Verifier, check_timestamp

DEVICE_SRP, DEVICE_VERIFIER = "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"


class DeviceRules:
    """``tracked`` is a test's switch: True, and everybody's devices are tracked, not some people's alone."""

    def __init__(
        self,
        region: str,
        sessions: ChallengeSessions,
        person_of: Callable[[str], Person],
        clock: Callable[[], float],
    ) -> None:
        self._region = region
        self._sessions = sessions
        self._person_of = person_of
        self._clock = clock
        self.tracked = False

    def check_known(self, person: Person | None, device_key: str) -> None:
        """Raises AwsError ResourceNotFoundException for a DEVICE_KEY that is not the person's."""
        if device_key and (person is None or device_key not in person.devices):
            raise AwsError("ResourceNotFoundException", "Device does not exist.")

    def new_device(self, progress: Progress) -> TrackedDevice | None:
        """The device that gets tokens for the first time; None where it is known, or none is tracked."""
        person = progress.known
        if progress.device_proved or not (self.tracked or person.traits.tracks_devices):
            return None
        device = TrackedDevice(f"{self._region}_{uuid4()}", "-" + secrets.token_urlsafe(6))
        person.devices[device.key] = device
        return device

    def ask(self, progress: Progress) -> JsonObject | None:
        """DEVICE_SRP_AUTH for a device that was confirmed; None for every other."""
        device = progress.known.devices.get(progress.device_key)
        if device is None or device.verifier is None:
            return None
        return self._sessions.ask(Asked(progress, DEVICE_SRP), {"DEVICE_KEY": device.key})

    def begin(self, asked: Asked, responses: Mapping[str, str]) -> JsonObject:
        """DEVICE_SRP_AUTH: the device's SRP_A, answered with DEVICE_PASSWORD_VERIFIER."""
        device = self._device(asked, responses)
        assert device.verifier is not None  # noqa: S101  it was asked for
        names = device.group_key + device.key
        handshake = Handshake.begin(device.verifier, names, required_text(responses, "SRP_A"))
        parameters = handshake.parameters | {
            "USERNAME": asked.progress.known.username,
            "DEVICE_KEY": device.key,
        }
        return self._sessions.ask(Asked(asked.progress, DEVICE_VERIFIER, handshake=handshake), parameters)

    def prove(self, asked: Asked, responses: Mapping[str, str]) -> None:
        """DEVICE_PASSWORD_VERIFIER: the device's proof, which stands for a second factor."""
        self._device(asked, responses)
        signature = required_text(responses, "PASSWORD_CLAIM_SIGNATURE")
        block = required_text(responses, "PASSWORD_CLAIM_SECRET_BLOCK")
        timestamp = required_text(responses, "TIMESTAMP")
        in_time = check_timestamp(timestamp, self._clock())
        asked.used = True
        handshake = asked.handshake
        if handshake is None or block != handshake.secret_block or not in_time:
            wrong_password()
        if not handshake.is_proved(timestamp, signature):
            wrong_password()
        asked.progress.device_proved = True

    def confirm(self, request: Request) -> JsonObject:
        """ConfirmDevice: the device's salt and verifier."""
        person = self._person_of(request.text("AccessToken"))
        device = person.devices.get(request.text("DeviceKey"))
        if device is None:
            raise AwsError("ResourceNotFoundException", "Device does not exist.")
        if device.verifier is not None:
            raise AwsError("DeviceKeyExistsException", "Device already exists.")
        given = request.texts("DeviceSecretVerifierConfig")
        salt, value = (_number(given, name) for name in ("Salt", "PasswordVerifier"))
        device.verifier = Verifier(device.group_key + device.key, salt, value)
        return {"UserConfirmationNecessary": False}

    def _device(self, asked: Asked, responses: Mapping[str, str]) -> TrackedDevice:
        key = required_text(responses, "DEVICE_KEY")
        device = asked.progress.known.devices.get(key)
        if device is None or key != asked.progress.device_key or device.verifier is None:
            raise AwsError("ResourceNotFoundException", "Device does not exist.")
        return device


def _number(given: Mapping[str, str], name: str) -> int:
    try:
        raw = base64.b64decode(required_text(given, name), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if not 0 < len(raw) <= 385 or not int.from_bytes(raw, "big"):  # noqa: PLR2004  the group's size, padded
        raise AwsError("InvalidParameterException", f"Invalid {name} in DeviceSecretVerifierConfig.")
    return int.from_bytes(raw, "big")
