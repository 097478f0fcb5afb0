"""What every session of a run is made of."""

from collections.abc import Callable

from ingenes_desktop.application.current_tokens import Clocks
from ingenes_desktop.application.devices import SessionDevice
from ingenes_desktop.application.ports import FarEnds, TokenVault
from ingenes_desktop.application.session import Session
from ingenes_desktop.domain.models import CognitoTokens, Device, VaultRecord
from ingenes_desktop.domain.value import Value


class Sessions(Value):
    """Makes them, whichever way they begin. Any thread."""

    far_ends: FarEnds
    clocks: Clocks
    filemaker_unused_seconds: float
    renew_before_seconds: float
    confirms_devices: bool = True
    """Whether Cognito is told of a device that it tracks: never where nothing may stay behind."""

    def begin(
        self,
        held: CognitoTokens | VaultRecord,
        vault: TokenVault | None = None,
        *,
        shown: Device | None = None,
        keep_device: Callable[[Device], None] | None = None,
    ) -> Session:
        """A session that holds what a sign-in gave, or what ``vault`` kept.

        ``shown`` is the device that the sign-in showed itself with; ``keep_device`` takes the one that
        is confirmed later (any thread).
        """
        return Session(
            held,
            self.far_ends,
            clocks=self.clocks,
            filemaker_unused_seconds=self.filemaker_unused_seconds,
            renew_before_seconds=self.renew_before_seconds,
            vault=vault,
            device=SessionDevice(held, shown, keep_device, confirms=self.confirms_devices),
        )
