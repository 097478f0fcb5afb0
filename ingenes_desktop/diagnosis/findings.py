"""What the check finds, as values: the text report words them, the JSON report writes them as they are.

The names of sections, checks and facts are a promise to whoever reads the JSON. They are English, and
they stay.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, unique
from types import MappingProxyType

from ingenes_desktop.domain.errors import AuthError, Problem
from ingenes_desktop.domain.event_log import record_problem
from ingenes_desktop.domain.reference import new_reference
from ingenes_desktop.domain.value import replace

Fact = str | int | float | bool | None | tuple[str, ...]


@unique
class Verdict(Enum):
    """What a finding means for a sign-in."""

    OK = "ok"
    NOTE = "note"
    """Neither good nor bad, or not to be settled from here."""
    WARNING = "warning"
    """A sign-in can work all the same."""
    FAILURE = "failure"
    """No sign-in can work."""


@unique
class Section(Enum):
    """The parts of the report, in their order."""

    SETTINGS = "settings"
    COMPUTER = "computer"
    HOSTS = "hosts"
    SERVICES = "services"
    SIGN_IN = "sign_in"


@unique
class Check(Enum):
    """What was looked at."""

    SETTING = "setting"
    SETTINGS_FILE = "settings_file"
    SETTING_IGNORED = "setting_ignored"
    SETTING_REFUSED = "setting_refused"
    VARIABLES_DROPPED = "variables_dropped"
    VERSION = "version"
    LOG_FOLDER = "log_folder"
    KEYRING = "keyring"
    PROXY = "proxy"
    NAME_LOOKUP = "name_lookup"
    CONNECTION = "connection"
    TLS = "tls"
    ANSWER = "answer"
    CLOCK = "clock"
    USER_POOL = "user_pool"
    CLIENT = "client"
    AUTH_FLOW = "auth_flow"
    IDENTITY_POOL = "identity_pool"
    SECRET = "secret"  # noqa: S105  the name of a check
    FILEMAKER = "filemaker"
    PASSWORD = "password"  # noqa: S105  likewise
    ID_TOKEN = "id_token"  # noqa: S105  likewise
    IDENTITY = "identity"
    CREDENTIALS = "credentials"
    ACCOUNT = "filemaker_account"
    PRODUCT = "filemaker_product"
    SESSION = "filemaker_session"
    FIND = "find"
    DURATION = "duration"
    ESCAPING = "escaping"
    RECORD = "record"
    USERS_LAYOUT = "users_layout"
    LOGIN_LAYOUT = "login_layout"
    BASE_TABLE = "base_table"
    SESSION_ENDED = "filemaker_session_ended"
    TOKENS_REVOKED = "tokens_revoked"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. ``subject`` is what the check was about: a setting, a host, a library."""

    section: Section
    check: Check
    verdict: Verdict
    subject: str = ""
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    problem: Problem | None = None


def finding(section: Section, check: Check, verdict: Verdict, subject: str = "", **facts: Fact) -> Finding:
    """A finding with its facts."""
    return Finding(section, check, verdict, subject, MappingProxyType(facts))


def failed(
    section: Section,
    check: Check,
    error: AuthError,
    subject: str = "",
    *,
    verdict: Verdict = Verdict.FAILURE,
    **facts: Fact,
) -> Finding:
    """A finding that the application would end with ``error`` at: its own sentence, and a reference.

    What a trigger of the pool says to a person is not repeated: a report goes to others.
    """
    problem = replace(Problem.of(error, new_reference()), said="")
    record_problem(problem)  # the log knows every reference that a person can quote
    return Finding(section, check, verdict, subject, MappingProxyType(facts), problem)


def sign_in_can_work(findings: Sequence[Finding]) -> bool:
    """The last line of the report."""
    return all(each.verdict is not Verdict.FAILURE for each in findings)
