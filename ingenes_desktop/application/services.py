"""What the controller uses of the application, built once the libraries are there."""

from collections.abc import Callable
from dataclasses import dataclass

from ingenes_desktop.application.account import AccountSettings
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.confirmation import AccountConfirmation
from ingenes_desktop.application.password_reset import PasswordReset
from ingenes_desktop.application.ports import FarEnds
from ingenes_desktop.application.restore import Restore
from ingenes_desktop.application.sign_in import SignIn


@dataclass(frozen=True, slots=True)
class Services:
    """Worker threads only. ``warm_up`` opens connections and fetches the key set; it raises nothing."""

    sign_in: SignIn
    restore: Restore
    password_reset: PasswordReset
    confirmation: AccountConfirmation
    account: AccountSettings
    far_ends: FarEnds
    """The parts of the chain, for whoever goes through it one by one (the check)."""
    warm_up: Callable[[Attempt], None]
