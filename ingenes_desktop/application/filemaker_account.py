"""The FileMaker account of the secret, by way of AWS credentials; each renews itself when it is needed."""

from collections.abc import Callable

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import FarEnds
from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.models import AwsCredentials, FileMakerCredentials
from ingenes_desktop.domain.secret import Secret

RENEW_BEFORE_SECONDS = 300.0
"""AWS credentials are renewed this long before they expire."""
SECRET_LIFETIME_SECONDS = 3600.0


class FileMakerAccount:
    """One call at a time. ``fresh_id_token`` gives one that has not run out, and may ask Cognito for it.

    ``clock`` is monotonic, ``far_end_clock`` the far end's time since 1970.
    """

    def __init__(
        self,
        far_ends: FarEnds,
        fresh_id_token: Callable[[Attempt], Secret],
        *,
        clock: Callable[[], float],
        far_end_clock: Callable[[], float],
    ) -> None:
        self._far_ends = far_ends
        self._fresh_id_token = fresh_id_token
        self._clock = clock
        self._far_end_clock = far_end_clock
        self._identity_id: str | None = None
        self._aws: AwsCredentials | None = None
        self._account: FileMakerCredentials | None = None
        self._read_at = 0.0

    def credentials(self, attempt: Attempt) -> FileMakerCredentials:
        """The account, read anew once it is an hour old; reports the steps that it goes through."""
        age = self._clock() - self._read_at
        if self._account is None or age >= SECRET_LIFETIME_SECONDS:
            credentials = self._aws_credentials(attempt)
            attempt.begin(SignInStep.CONFIGURATION)
            self._account = self._far_ends.secret_store.get_filemaker_credentials(credentials, attempt)
            self._read_at = self._clock()
        return self._account

    def forget_account(self) -> None:
        """Have the secret read anew: FileMaker refused what it says."""
        self._account = None

    def forget(self) -> None:
        """Forget everything."""
        self._identity_id = self._aws = self._account = None

    def _aws_credentials(self, attempt: Attempt) -> AwsCredentials:
        if self._aws is None or self._aws.expires_at - self._far_end_clock() < RENEW_BEFORE_SECONDS:
            attempt.begin(SignInStep.ACCESS)
            id_token = self._fresh_id_token(attempt)
            identity_pool = self._far_ends.identity_pool
            if self._identity_id is None:
                self._identity_id = identity_pool.get_id(id_token, attempt)
            # Fresh ones that live shorter than the margin are used all the same: never a loop.
            self._aws = identity_pool.get_credentials(self._identity_id, id_token, attempt)
        return self._aws
