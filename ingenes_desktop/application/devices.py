"""Devices that Cognito tracks: a refresh names its own, and a sign-in may show one that is known.

https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-device-tracking.html
"""

from collections.abc import Callable
from threading import Lock

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import UserPool
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.models import CognitoTokens, Device, NewDevice, VaultRecord
from ingenes_desktop.domain.secret import Secret

_MOST_USERNAMES = 20


class Devices:
    """Confirmed devices by username, in memory only. Any thread.

    ``remembers`` False: none is ever known (a desk or a kiosk is nobody's own device).
    """

    def __init__(self, *, remembers: bool) -> None:
        self._remembers = remembers
        self._lock = Lock()
        self._devices: dict[str, Device] = {}

    def of(self, username: str) -> Device | None:
        """The device that ``username`` signed in with before."""
        with self._lock:
            return self._devices.get(username.casefold())

    def keep(self, username: str, device: Device) -> None:
        """Show ``device`` at the next sign-in of ``username``."""
        if not self._remembers:
            return
        with self._lock:
            self._devices.pop(username.casefold(), None)
            self._devices[username.casefold()] = device
            while len(self._devices) > _MOST_USERNAMES:
                del self._devices[next(iter(self._devices))]

    def forget(self, username: str) -> None:
        """Cognito does not take it any more."""
        with self._lock:
            self._devices.pop(username.casefold(), None)


class SessionDevice:
    """The device that Cognito tracks one sign-in under, if it does. Any thread.

    ``shown`` is the one that the sign-in showed itself with. ``keep`` takes the one that is confirmed.
    """

    def __init__(
        self,
        held: CognitoTokens | VaultRecord,
        shown: Device | None,
        keep: Callable[[Device], None] | None,
        *,
        confirms: bool,
    ) -> None:
        self._new: NewDevice | None = None
        self._keep = keep
        self._turn = Lock()
        self.key = shown.key if shown else ""
        """What a refresh names; "" for none. Known before it is confirmed."""
        if isinstance(held, VaultRecord):
            self.key = held.device_key
        elif held.new_device is not None:
            self.key = held.new_device.key
            self._new = held.new_device if confirms else None

    @property
    def is_confirmed(self) -> bool:
        """Whether nothing is left to be told to Cognito."""
        return self._new is None

    def confirm(self, user_pool: UserPool, access_token: Callable[[], Secret], attempt: Attempt) -> None:
        """ConfirmDevice, once it succeeds never again. A failure is logged and goes no further."""
        if not self._turn.acquire(blocking=False):
            return  # another thread is at it
        try:
            if self._new is None:
                return
            attempt.begin_next()
            device = user_pool.confirm_device(access_token(), self._new, attempt)
        except AuthError as error:
            record("device_not_confirmed", code=error.code, detail=error.detail or None)
            return
        else:
            self._new = None
        finally:
            self._turn.release()
        record("device_confirmed")
        if self._keep is not None:
            self._keep(device)
