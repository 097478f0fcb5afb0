"""One sign-in's tokens: renewed one refresh at a time, rotated without loss, kept in the vault."""

from threading import Lock

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.current_tokens import Clocks, CurrentTokens, same_sign_in
from ingenes_desktop.application.ending import Ending, OpenTokens
from ingenes_desktop.application.holding import holding
from ingenes_desktop.application.ports import FarEnds, TokenVault, UnusableRenewalError, VaultLease
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.models import CognitoIdentity, CognitoTokens, RenewedTokens, VaultRecord
from ingenes_desktop.domain.secret import Secret

SHORTEST_PAUSE_SECONDS = 30.0
"""Between two refreshes, whatever else speaks for one."""
_GRACE_SECONDS = 2.0
"""A cancel lets a refresh that is under way come in for so long: a rotated token unheard is a lost one."""
_LEAST_SHARE = 0.25
"""Of the time that there was, so much must be left once nobody is waited for: likewise."""


class SessionTokens:
    """Any thread. ``held`` is what a sign-in gave, or what the vault kept: then there is but a refresh token.

    A session that is kept asks for new tokens inside the vault's lock only: another instance may have
    rotated the refresh token, and using the one before would end the session for both.
    """

    def __init__(
        self,
        held: CognitoTokens | VaultRecord,
        far_ends: FarEnds,
        *,
        clocks: Clocks,
        renew_before_seconds: float,
        vault: TokenVault | None = None,
        device_key: str = "",
    ) -> None:
        self._far_ends = far_ends
        self._device_key = device_key
        self._clocks = clocks
        self._renew_before_seconds = renew_before_seconds
        self._vault = vault
        self._state = Lock()
        self._turn = Lock()
        self._running: Attempt | None = None
        self._renewals = 0
        self._tried_at: float | None = None
        self._ending: Ending | None = None
        self._is_surrendered = False
        self._is_refused = False
        self._overdue: Secret | None = None
        self._identity: CognitoIdentity | None = None
        self._current: CurrentTokens | None = None
        self._refresh_token: Secret | None = held.refresh_token
        if isinstance(held, VaultRecord):
            self._sub, self._username = held.sub, held.username
            self.signed_in_at = held.signed_in_at
            self._is_adopted = False
        else:
            self._sub = self._username = ""
            self.signed_in_at = clocks.far_end()
            self._current = CurrentTokens.received(held, clocks)
            self._is_adopted = True

    # -- what is held

    @property
    def identity(self) -> CognitoIdentity | None:
        """The claims of the newest verified ID token; None before the first was verified."""
        return self._identity

    @property
    def is_kept(self) -> bool:
        """Whether the vault holds what is needed to take this session up again."""
        return self._vault is not None and self._overdue is None

    def id_token(self) -> Secret:
        """Raises AuthError SESSION_ENDED where there is none (any more)."""
        return self._held().id_token

    def access_token(self) -> Secret:
        """Likewise."""
        return self._held().access_token

    def _held(self) -> CurrentTokens:
        with self._state:
            if self._current is None or self._ending is not None:
                raise AuthError(ErrorCode.SESSION_ENDED)
            return self._current

    def identify(self, attempt: Attempt) -> CognitoIdentity:
        """The verified claims of the ID token. Of a sign-in, they say when it was."""
        if self._identity is not None:
            return self._identity
        current = self._held()
        identity = self._far_ends.id_token_verifier.verify(current.id_token, attempt)
        with self._state:
            self._identity = identity
            self._sub, self._username = identity.sub, identity.username
            self.signed_in_at = identity.auth_time or self.signed_in_at
            self._current = current.verified(identity)
        return identity

    # -- time

    def seconds_until_renewal(self) -> float:
        """Until the margin before the ID token's end; never less than the shortest pause after a try."""
        with self._state:
            current, tried_at = self._current, self._tried_at
        pause = 0.0
        if tried_at is not None:
            pause = tried_at + SHORTEST_PAUSE_SECONDS - self._clocks.monotonic()
        if current is None:
            return max(pause, 0.0)
        return max(current.seconds_until_renewal(self._clocks, self._renew_before_seconds), pause, 0.0)

    def has_expired(self) -> bool:
        """Whether the ID token's own time is over."""
        with self._state:
            current = self._current
        return current is None or current.age(self._clocks) >= current.lifetime

    def has_access(self) -> bool:
        """Whether there is an access token whose time is not over."""
        with self._state:
            current = self._current
        return current is not None and current.age(self._clocks) < current.access_lifetime

    # -- the vault

    def keep_in(self, vault: TokenVault) -> None:
        """Seal the session; from now on every refresh goes through the vault's lock.

        Raises AuthError SESSION_NOT_KEPT or KEYRING_UNAVAILABLE; nothing is kept then.
        """
        with self._turn:
            with self._state:
                token = self._refresh_token
                if token is None or self._ending is not None:
                    raise AuthError(ErrorCode.SESSION_ENDED)
            vault.seal(self._record(token))
            with self._state:
                is_over = self._ending not in {None, Ending.KEPT}
            if is_over:
                # It ended while the keyring asked the person.
                vault.clear()
                raise AuthError(ErrorCode.SESSION_ENDED)
            self._vault, self._overdue = vault, None

    def _record(self, refresh_token: Secret) -> VaultRecord:
        return VaultRecord(
            refresh_token,
            self._sub,
            self._username,
            self.signed_in_at,
            self._clocks.computer(),
            self._device_key,
        )

    def _newest(self, lease: VaultLease | None) -> tuple[Secret, bool]:
        """The refresh token to use, and whether the vault's record is this session's."""
        with self._state:
            own = self._refresh_token
        if own is None:
            raise AuthError(ErrorCode.SESSION_ENDED)
        if lease is None:
            self._is_adopted = True
            return own, self._vault is not None
        stored = lease.read()
        if not self._is_adopted:
            if stored is None:
                # Another instance has signed out since the vault was opened.
                raise AuthError(ErrorCode.SESSION_NOT_RESTORED)
            self._sub, self._username = stored.sub, stored.username
            self.signed_in_at, self._device_key = stored.signed_in_at, stored.device_key
            self._is_adopted = True
            return stored.refresh_token, True
        if stored is None or (stored.sub, stored.signed_in_at) != (self._sub, self.signed_in_at):
            return own, False
        if self._overdue is not None and stored.refresh_token.reveal() == self._overdue.reveal():
            return own, True  # ours is the newer one: it could not be written the last time
        return stored.refresh_token, True

    # -- renewal

    def renew(self, attempt: Attempt) -> None:
        """One refresh; a call that waited for another thread's is content with that one's.

        Raises AuthError; a definite refusal has a code of ENDS_THE_SESSION. Whatever happens, a rotated
        refresh token is not lost, and the tokens in use stay in use until verified ones take their place.
        """
        seen = self._renewals
        least = attempt.remaining() * _LEAST_SHARE
        with holding(self._turn, attempt):
            if self._renewals != seen:
                return
            with self._state:
                if self._ending is not None:
                    raise AuthError(ErrorCode.SESSION_ENDED)
                self._running = attempt
            try:
                self._renew(attempt, least)
            finally:
                with self._state:
                    self._running = None
                    self._tried_at = self._clocks.monotonic()
                self._revoke_what_came_late()

    def _renew(self, attempt: Attempt, least: float) -> None:
        renewed = self._refreshed_in_the_vault(attempt, least) or self._refreshed(None, attempt, least)
        fresh = CurrentTokens.received(renewed, self._clocks)
        attempt.check()
        identity = self._far_ends.id_token_verifier.verify(renewed.id_token, attempt)
        if identity.sub != self._sub or not same_sign_in(self._identity, identity):
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="OTHER-SIGN-IN")
        with self._state:
            if self._ending is not None:
                raise AuthError(ErrorCode.SESSION_ENDED)
            self._current = fresh.verified(identity)
            self._identity = identity
            self._renewals += 1
        record("tokens_renewed")

    def _refreshed_in_the_vault(self, attempt: Attempt, least: float) -> RenewedTokens | None:
        """None where there is no vault, or where nobody can lock it: no other instance can, either."""
        if self._vault is None:
            return None
        try:
            with self._vault.exclusive(attempt) as lease:
                return self._refreshed(lease, attempt, least)
        except AuthError as error:
            if error.code is not ErrorCode.SESSION_NOT_KEPT:
                raise
            record("vault_cannot_be_locked", detail=error.detail or None)
        return None

    def _refreshed(self, lease: VaultLease | None, attempt: Attempt, least: float) -> RenewedTokens:
        """New tokens; a refresh token that came with them is kept before anything else is done.

        Nothing is sent with less than ``least`` seconds to hear the answer in.
        """
        used, is_ours = self._newest(lease)
        attempt.begin_next()
        if attempt.remaining() < least:
            raise AuthError(ErrorCode.NOT_RESPONDING, detail="NO-TIME-LEFT")
        renewed: RenewedTokens | AuthError
        rotated: Secret | None
        try:
            with attempt.outlived(_GRACE_SECONDS) as calm:
                renewed = self._far_ends.user_pool.refresh_tokens(
                    used, self._username, self._device_key, calm
                )
        except UnusableRenewalError as error:
            rotated, renewed = error.refresh_token, AuthError(error.code, detail=error.detail)
        except AuthError as error:
            self._is_refused = error.code is ErrorCode.SESSION_ENDED
            raise
        else:
            rotated = renewed.refresh_token
        newest = rotated or used
        with self._state:
            if rotated or not self._is_surrendered:
                self._refresh_token = newest
            is_over = self._ending not in {None, Ending.KEPT}
        if is_ours and not is_over and (rotated or self._overdue):
            self._write(lease, newest, used)
        if isinstance(renewed, AuthError):
            raise renewed
        return renewed

    def _write(self, lease: VaultLease | None, newest: Secret, used: Secret) -> None:
        if lease is not None:
            try:
                lease.write(self._record(newest))
            except AuthError as error:
                record("rotated_token_not_kept", code=error.code, detail=error.detail or None)
            else:
                self._overdue = None
                return
        # The session goes on in memory; the vault holds what has been used up, until a write succeeds.
        self._overdue = self._overdue or used

    # -- the end

    def close(self, ending: Ending) -> None:
        """From now on no token is handed out; a refresh under way has a moment left. Returns at once."""
        with self._state:
            self._ending = self._ending or ending
            running = self._running
        if running is not None:
            running.cancel()

    def surrender(self, seconds: float) -> OpenTokens | None:
        """What must still be ended, after :meth:`close`; None where nothing is, or the vault has it.

        Waits at most ``seconds`` for a refresh under way, so that the newest refresh token is the one
        that is handed over; one that comes later still is revoked by the refresh itself.
        """
        has_turn = self._turn.acquire(timeout=max(seconds, 0.0))
        try:
            with self._state:
                current, self._current = self._current, None
                token, self._refresh_token = self._refresh_token, None
                self._identity = None
                self._is_surrendered = True
        finally:
            if has_turn:
                self._turn.release()
        if token is None:
            return None
        is_valid = current is not None and current.age(self._clocks) < current.access_lifetime
        access_token = current.access_token if current and is_valid else None
        return OpenTokens(access_token, token, self._username, self._is_refused, self._device_key)

    def _revoke_what_came_late(self) -> None:
        """End what a refresh brought after the session's end had been told."""
        with self._state:
            token = self._refresh_token
            if self._ending in {None, Ending.KEPT} or not self._is_surrendered or token is None:
                return
            self._refresh_token = None
        try:
            self._far_ends.user_pool.revoke_token(token, self._clocks.late_attempt())
        except AuthError as error:
            record("late_token_not_revoked", code=error.code, detail=error.detail or None)
