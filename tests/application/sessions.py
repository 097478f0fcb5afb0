"""Sessions over the far ends in memory, for the tests of what becomes of them."""

from typing import Any

from ingenes_desktop.application.outcome import Accepted
from ingenes_desktop.application.restore import Restore
from ingenes_desktop.application.session import Session
from ingenes_desktop.application.sessions import Sessions
from ingenes_desktop.application.sign_in import SignIn
from ingenes_desktop.domain.machine import CompanyCheck
from ingenes_desktop.domain.models import VaultRecord
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL, Cloud, Vault, attempt_for

LONGEST = 12 * 3600.0


def sessions(cloud: Cloud) -> Sessions:
    """What every session of these tests is made of."""
    return Sessions(cloud.far_ends(), cloud.clocks, 60.0, 300.0)


def chain(cloud: Cloud) -> SignIn:
    """The chain, with nobody signed in."""
    return SignIn(sessions(cloud), company_check=CompanyCheck.REFUSE)


def signed_in(cloud: Cloud) -> Session:
    """A session that has gone through the whole chain; what was called on the way is forgotten."""
    outcome = chain(cloud).run(EMAIL, Secret("secret"), attempt_for(cloud.clock))
    assert isinstance(outcome, Accepted)
    cloud.calls.clear()
    return outcome.session


def kept(cloud: Cloud) -> tuple[Session, Vault]:
    """A session that is kept in a vault."""
    session, vault = signed_in(cloud), Vault()
    session.keep_in(vault)
    vault.calls.clear()
    return session, vault


def restore(cloud: Cloud) -> Restore:
    """What takes a kept session up again."""
    return Restore(sessions(cloud), company_check=CompanyCheck.REFUSE, longest_seconds=LONGEST)


def vault_of(cloud: Cloud, **changes: Any) -> Vault:
    """A vault with what Ana's last sign-in left, an hour ago."""
    now = cloud.clock.now
    values: dict[str, Any] = {
        "refresh_token": Secret("kept"), "sub": "sub-1", "username": "ana",
        "signed_in_at": now - 3_600, "sealed_at": now - 1_800,
    }  # fmt: skip
    vault = Vault()
    vault.record = VaultRecord(**{**values, **changes})
    return vault
