"""The vault of "Keep me signed in", kept off the UI thread."""

from collections.abc import Callable

from ingenes_desktop.application.ports import TokenVault
from ingenes_desktop.application.session import Session
from ingenes_desktop.application.watchdog import WATCHDOG
from ingenes_desktop.controllers.background import Background, Lane
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.machine import Limits
from ingenes_desktop.domain.models import VaultRecord

Failed = Callable[[AuthError], None]


class VaultKeeper:
    """Opens, fills and clears the vault on the keyring's lane, in the order of the wishes. UI thread only.

    ``vault`` None (a shared desk, a kiosk): nothing is ever there, and nothing is kept. A keyring whose
    prompt stands for too long is given up, and what it does late is put right.
    """

    def __init__(
        self, background: Background, vault: TokenVault | None, limits: Limits, outstanding: Outstanding
    ) -> None:
        self._background = background
        self._vault = vault
        self._limits = limits
        self._outstanding = outstanding
        self._edition = 0
        # Until somebody has looked. A person who keeps nothing is spared the keyring's prompts.
        self._may_hold = vault is not None
        self._filling = 0
        self._on_filled: Callable[[], None] | None = None

    @property
    def can_keep(self) -> bool:
        """Whether this machine keeps anybody signed in."""
        return self._vault is not None

    @property
    def edition(self) -> int:
        """Changes with each wish to fill or to clear: what was read before is no longer what is there."""
        return self._edition

    def open(self, on_opened: Callable[[VaultRecord | None], None], on_failed: Failed) -> None:
        """Read what is kept; a keyring that does not answer in time fails with KEYRING_UNAVAILABLE."""
        vault = self._vault
        if vault is None:
            on_opened(None)
            return
        self._background.run(
            Lane.KEYRING,
            vault.open,
            on_done=on_opened,
            on_failed=lambda error: on_failed(_as_keyring(error)),
            overdue_seconds=self._limits.keyring_at_start,
        )

    def fill(
        self, session: Session, on_kept: Callable[[VaultRecord | None], None], on_failed: Failed
    ) -> None:
        """Keep ``session``. ``on_kept`` hears what was kept before: somebody must end that sign-in.

        A late success is a success all the same; it is undone where something else was wished since.
        """
        vault = self._vault
        assert vault is not None  # noqa: S101  asked by can_keep
        self._edition += 1
        edition = self._edition
        self._may_hold = True

        def call() -> VaultRecord | None:
            before = _opened(vault)
            session.keep_in(vault)
            return before

        def late(before: VaultRecord | None) -> None:
            if edition == self._edition:
                on_kept(before)
            else:
                self._may_hold = True
                self.clear(_nobody)

        self._filling += 1
        self._outstanding.expect()
        self._background.run(
            Lane.KEYRING,
            call,
            on_done=on_kept,
            on_failed=lambda error: on_failed(_as_keyring(error)),
            on_late=late,
            on_settled=self._filled,
            overdue_seconds=self._limits.keyring_on_save,
        )

    def forget_other(self, on_forgotten: Callable[[VaultRecord], None]) -> None:
        """Somebody signed in who is not to be kept: clear what is still there of another sign-in.

        ``on_forgotten`` hears what it was. A failure is logged; the end of the session tries once more.
        """
        vault = self._vault
        if vault is None:
            return
        self._edition += 1

        def call() -> VaultRecord | None:
            before = vault.open()
            if before is not None:
                vault.clear()
            return before

        def done(before: VaultRecord | None) -> None:
            self._may_hold = False
            if before is not None:
                on_forgotten(before)

        self._background.run(
            Lane.KEYRING, call, on_done=done, on_failed=_log, overdue_seconds=self._limits.keyring_on_save
        )

    def clear(self, on_failed: Failed) -> None:
        """Forget what is kept. Asks nobody where nothing can be there."""
        vault = self._vault
        if vault is None or not self._may_hold:
            return
        self._edition += 1
        edition = self._edition

        def done(_nothing: None) -> None:
            if edition == self._edition:
                self._may_hold = False

        def failed(error: AuthError) -> None:
            _log(error)
            on_failed(error)

        self._outstanding.expect()
        self._background.run(
            Lane.KEYRING,
            vault.clear,
            on_done=done,
            on_failed=failed,
            on_settled=self._outstanding.settled,
            overdue_seconds=self._limits.keyring_on_save,
        )

    def when_filled(self, then: Callable[[], None], within_seconds: float) -> None:
        """Call ``then`` once nothing is being put in, or the time is up; it may be at once. One caller."""
        if self._filling == 0:
            then()
            return
        self._on_filled = then
        WATCHDOG.after(within_seconds, lambda: self._background.post(self._tell_filled))

    def _filled(self) -> None:
        self._filling -= 1
        if self._filling == 0:
            self._tell_filled()
        self._outstanding.settled()

    def _tell_filled(self) -> None:
        then, self._on_filled = self._on_filled, None
        if then is not None:
            then()


def _opened(vault: TokenVault) -> VaultRecord | None:
    try:
        return vault.open()
    except AuthError as error:
        _log(error)
        return None


def _log(error: AuthError) -> None:
    record("vault_failed", code=error.code, detail=error.detail or None)


def _nobody(_error: AuthError) -> None:
    """Whom it concerned has gone; it is in the log."""


def _as_keyring(error: AuthError) -> AuthError:
    """A prompt that stands for too long is a keyring that cannot be had."""
    if error.code is ErrorCode.NOT_RESPONDING:
        return AuthError(ErrorCode.KEYRING_UNAVAILABLE, detail=error.detail)
    return error
