"""Devices that Cognito tracks: named with the tokens, and confirmed with a password made here.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
"""

from re import fullmatch

from ingenes_desktop.adapters.cognito_client import AppClient
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.models import Device, NewDevice
from ingenes_desktop.domain.secret import Secret

DEVICE_NAME = "Ingenes Desktop"
"""What an administrator reads of it: not the computer's own name, which may be a person's."""
_KEY = r"[A-Za-z0-9_-]{1,40}_[0-9a-f-]{1,50}"
_LONGEST_KEY = 55
_LONGEST_GROUP_KEY = 200


def new_device_in(metadata: object) -> NewDevice | None:
    """The NewDeviceMetadata of an AuthenticationResult; None for none, or for none that can be named."""
    if not isinstance(metadata, dict):
        return None
    key, group_key = metadata.get("DeviceKey"), metadata.get("DeviceGroupKey")
    if not isinstance(key, str) or len(key) > _LONGEST_KEY or not fullmatch(_KEY, key):
        return None
    if not isinstance(group_key, str) or not fullmatch(rf"[!-~]{{1,{_LONGEST_GROUP_KEY}}}", group_key):
        return None
    return NewDevice(key, Secret(group_key))


def confirmed_device(client: AppClient, access_token: Secret, device: NewDevice, attempt: Attempt) -> Device:
    """ConfirmDevice. Sent once."""
    from ingenes_desktop.adapters.cognito_srp import (  # noqa: PLC0415  pycognito, only where a pool tracks devices
        new_device_verifier,
    )

    password, verifier = new_device_verifier(device)
    client.call(
        "confirm_device",
        attempt,
        AccessToken=access_token.reveal(),
        DeviceKey=device.key,
        DeviceName=DEVICE_NAME,
        DeviceSecretVerifierConfig=verifier,
    )
    return Device(device.key, device.group_key, password)
