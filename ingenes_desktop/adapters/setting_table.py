"""Every setting there is: its name, its check, and who may say it.

A name with a point stands in a table of the file (``[limits]``, ``step = 15``). The environment
variable of a setting is INGENES_ and its name in capitals, with underscores.
"""

from enum import Enum, auto

from ingenes_desktop.adapters import setting_values as values
from ingenes_desktop.domain.machine import (
    Appearance,
    AuthFlow,
    CompanyCheck,
    Language,
    MachineKind,
    ScreenKeyboardUse,
)
from ingenes_desktop.domain.value import Value


class Reach(Enum):
    """Who may say a setting, beside the defaults and the administrator."""

    EVERYBODY = auto()
    """The user file, and the environment where there is a variable, on every machine."""
    OWN_MACHINE = auto()
    """Likewise, but not in a frozen build and not on a machine that is shared or a kiosk."""
    ADMINISTRATOR = auto()
    """Nobody else."""


class Setting(Value):
    """One row of the table."""

    check: values.Check
    reach: Reach = Reach.OWN_MACHINE
    has_variable: bool = False


def _seconds(low: float, high: float, reach: Reach = Reach.OWN_MACHINE) -> Setting:
    return Setting(values.seconds(low, high), reach)


SETTINGS: dict[str, Setting] = {
    "aws_region": Setting(values.matching(values.REGION), has_variable=True),
    "cognito_user_pool_id": Setting(values.matching(values.USER_POOL_ID), has_variable=True),
    "cognito_client_id": Setting(values.matching(values.CLIENT_ID), has_variable=True),
    "cognito_client_secret": Setting(values.secret, has_variable=True),
    "auth_flow": Setting(values.member(AuthFlow), has_variable=True),
    "cognito_identity_pool_id": Setting(values.matching(values.IDENTITY_POOL_ID), has_variable=True),
    "filemaker_secret_name": Setting(values.matching(values.SECRET_NAME), has_variable=True),
    "language": Setting(values.member(Language), Reach.EVERYBODY, has_variable=True),
    "appearance": Setting(values.member(Appearance), Reach.EVERYBODY, has_variable=True),
    "log_level": Setting(values.log_level, Reach.EVERYBODY, has_variable=True),
    "endpoint.cognito_idp": Setting(values.endpoint, has_variable=True),
    "endpoint.cognito_identity": Setting(values.endpoint, has_variable=True),
    "endpoint.secrets_manager": Setting(values.endpoint, has_variable=True),
    "machine": Setting(values.member(MachineKind), Reach.ADMINISTRATOR),
    "screen_keyboard": Setting(values.member(ScreenKeyboardUse), Reach.ADMINISTRATOR),
    "clinic": Setting(values.name),
    "company_check": Setting(values.member(CompanyCheck), Reach.ADMINISTRATOR),
    "company_names": Setting(values.names),
    # Cognito's own bounds: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html
    "password_policy.minimum_length": Setting(values.whole(6, 99)),
    "password_policy.uppercase": Setting(values.boolean),
    "password_policy.lowercase": Setting(values.boolean),
    "password_policy.number": Setting(values.boolean),
    "password_policy.symbol": Setting(values.boolean),
    "filemaker.host_suffixes": Setting(values.host_suffixes, Reach.ADMINISTRATOR),
    "filemaker.ports": Setting(values.ports, Reach.ADMINISTRATOR),
    "filemaker.on_premises": Setting(values.boolean, Reach.ADMINISTRATOR),
    "proxy": Setting(values.proxy),
    "limits.connect": _seconds(1, 30),
    "limits.read": _seconds(1, 60),
    "limits.name_lookup": _seconds(1, 30),
    "limits.step": _seconds(2, 60),
    "limits.attempt": _seconds(5, 180),
    "limits.keyring_at_start": _seconds(1, 30),
    "limits.keyring_on_save": _seconds(1, 120),
    # How long sessions and codes live at a far end is the administrator's to say.
    "limits.tidy_up": _seconds(1, 60, Reach.ADMINISTRATOR),
    "limits.tidy_up_on_quit": _seconds(0.5, 2, Reach.ADMINISTRATOR),
    "limits.filemaker_unused": _seconds(5, 840, Reach.ADMINISTRATOR),
    "limits.resend_code": _seconds(10, 300, Reach.ADMINISTRATOR),
    # AuthSessionValidity is 3 to 15 minutes; a clinic may want less of it.
    # https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
    "limits.challenge": _seconds(60, 900, Reach.ADMINISTRATOR),
    # So is how long anybody may stay signed in. Their defaults follow from the kind of machine.
    "session.idle": _seconds(10, 7200, Reach.ADMINISTRATOR),
    "session.countdown": _seconds(5, 600, Reach.ADMINISTRATOR),
    "session.longest": _seconds(60, 86400, Reach.ADMINISTRATOR),
    "session.renew_before": _seconds(30, 1800, Reach.ADMINISTRATOR),
    "session.retry_first": _seconds(5, 300, Reach.ADMINISTRATOR),
    "session.retry_longest": _seconds(30, 3600, Reach.ADMINISTRATOR),
}

TABLES = frozenset(name.partition(".")[0] for name in SETTINGS if "." in name)


def variable(name: str) -> str:
    """The environment variable of the setting ``name``."""
    return "INGENES_" + name.upper().replace(".", "_")
