"""Runs the check in this process, against clouds on loopback alone, and reads its report."""

import json
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ingenes_desktop.adapters.connection import Address
from ingenes_desktop.adapters.policy_file import JsonPolicyFile
from ingenes_desktop.diagnosis.command import run
from ingenes_desktop.diagnosis.findings import Check, Finding, Section, Verdict
from ingenes_desktop.diagnosis.surroundings import Surroundings
from ingenes_desktop.diagnosis.words import label, text, verdict_word
from ingenes_desktop.domain.errors import AuthError, ErrorCode, Problem
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.secret import Secret
from tests.scripted_cloud import IDENTITY_ID, ScriptedCloud
from tests.scripted_server import Behaviour, Request, Wire, refuse, respond_json
from tests.tokens import CLIENT_ID, POOL_ID

QUICK = """
proxy = "none"
[limits]
connect = 1
read = 1
name_lookup = 1
step = 2
attempt = 6
keyring_at_start = 1
"""
"""The shortest limits that the settings allow."""


@dataclass(slots=True)
class Keyring:
    """A keyring that answers, or does not."""

    backend: str = "tests.Keyring"
    is_there: bool = True
    asked: int = 0

    def probe(self) -> str:
        """See KeyringProbe."""
        self.asked += 1
        if not self.is_there:
            raise AuthError(ErrorCode.KEYRING_UNAVAILABLE)
        return self.backend


@dataclass(slots=True)
class Checked:
    """One report in JSON, and the exit status."""

    status: int
    written: str
    document: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.document = json.loads(self.written)
        for each in self.findings:
            worded(each)

    @property
    def findings(self) -> list[dict[str, Any]]:
        """Every finding."""
        found: list[dict[str, Any]] = self.document["findings"]
        return found

    def of(self, check: str, subject: str | None = None) -> dict[str, Any]:
        """The one finding of that check."""
        found = [
            each
            for each in self.findings
            if each["check"] == check and (subject is None or each["subject"] == subject)
        ]
        assert len(found) == 1, found or [each["check"] for each in self.findings]
        return found[0]

    def has(self, check: str) -> bool:
        """Whether there is a finding of that check."""
        return any(each["check"] == check for each in self.findings)

    @property
    def failures(self) -> list[tuple[str, str, str | None, str | None]]:
        """Check, subject, code and detail of everything that keeps people from signing in."""
        return [
            (each["check"], each["subject"], each["code"], each["detail"])
            for each in self.findings
            if each["verdict"] == "failure"
        ]

    @property
    def warnings(self) -> list[str]:
        """What was worth a warning."""
        return [each["check"] for each in self.findings if each["verdict"] == "warning"]


def worded(each: Mapping[str, Any]) -> str:
    """The line for people of a finding in JSON. Every finding of every test goes through here."""
    problem = each["code"] and Problem(ErrorCode(each["code"]), each["reference"], each["detail"])
    facts = {
        name: tuple(value) if isinstance(value, list) else value for name, value in each["facts"].items()
    }
    found = Finding(
        Section(each["section"]),
        Check(each["check"]),
        Verdict(each["verdict"]),
        each["subject"],
        facts,
        problem or None,
    )
    line = f"{verdict_word(found.verdict)} {label(found)} {text(found)}"
    assert label(found)
    assert text(found)
    assert "{" not in line
    assert "None" not in line
    return line


@dataclass(slots=True)
class Computer:
    """A made-up computer: folders of its own, variables of its own, and a way to far ends on loopback."""

    folder: Path
    environment: dict[str, str]
    keyring: Keyring = field(default_factory=Keyring)
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def user_file(self) -> Path:
        """The user's own settings."""
        return self.folder / "settings.toml"

    @property
    def policy_file(self) -> Path:
        """The administrator's."""
        return self.folder / "policy.json"

    @property
    def log_folder(self) -> Path:
        """Where the log goes."""
        return self.folder / "log"

    def surroundings(self) -> Surroundings:
        """As the check takes it."""
        surroundings = Surroundings(
            environment=self.environment,
            dropped=(),
            platform="linux",
            frozen=False,
            defaults=resource_path("defaults.toml"),
            user_file=self.user_file,
            policy=JsonPolicyFile(self.policy_file),
            policy_file=self.policy_file,
            log_folder=self.log_folder,
            find_system_proxy=lambda _url: None,
            resolve=resolve_loopback,
            keyring=lambda _platform: self.keyring,
        )
        return replace(surroundings, **self.changes)

    def check(self, *, email: str | None = None, password: str = "") -> Checked:
        """Run the check; the JSON report."""
        return Checked(*self._run(as_json=True, email=email, password=password))

    def text(self, *, email: str | None = None, password: str = "") -> tuple[int, str]:
        """Run the check; the exit status and the report for people."""
        return self._run(as_json=False, email=email, password=password)

    def _run(self, *, as_json: bool, email: str | None, password: str) -> tuple[int, str]:
        report = self.folder / "report"
        status = run(
            self.surroundings(),
            as_json=as_json,
            output=report,
            sign_in=email,
            ask=lambda _prompt: Secret(password),
        )
        return status, report.read_text("utf-8")

    def log(self) -> str:
        """Everything that was logged."""
        return "".join(path.read_text("ascii") for path in sorted(self.log_folder.glob("*.log*")))

    def lines(self, text: str) -> dict[str, str]:
        """The report for people by label: verdict and words of each line."""
        return {
            label.strip(): f"{verdict} {words.strip()}"
            for verdict, label, words in re.findall(r"^  (\S+) +(.{34})  (.*)$", text, re.MULTILINE)
        }


def resolve_loopback(host: str, port: int) -> list[Address]:
    """This machine's own address; no other name is anybody's, whatever the settings say."""
    if host != "127.0.0.1":
        raise socket.gaierror(socket.EAI_NONAME, "unknown")
    return [(socket.AF_INET, (host, port))]


def of_scripted(far: ScriptedCloud, folder: Path, **variables: str) -> Computer:
    """A computer whose names lead to ``far``, with Cognito's answers to made-up tokens.

    The services have their public names here; ``far`` resolves them to this machine, and no other name.
    """
    refuse_made_up_tokens(far)
    environment = {
        "INGENES_LANGUAGE": "en",
        "INGENES_COGNITO_USER_POOL_ID": POOL_ID,
        "INGENES_COGNITO_CLIENT_ID": CLIENT_ID,
        "INGENES_COGNITO_IDENTITY_POOL_ID": "us-east-1:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        "INGENES_FILEMAKER_SECRET_NAME": "Clinica/FileMaker",
        **variables,
    }
    computer = Computer(folder, environment, changes={"trust": far.trust, "resolve": far.resolve})
    computer.user_file.write_text(QUICK, encoding="utf-8")
    computer.policy_file.write_text(json.dumps({"filemaker": {"on_premises": True}}), encoding="utf-8")
    return computer


def refuse_made_up_tokens(
    far: ScriptedCloud, *, of_nobody: Behaviour | None = None, of_a_person: Behaviour | None = None
) -> None:
    """Answer the probes as Cognito does (a flow without a name: with ``of_nobody``).

    People are answered as before, or with ``of_a_person``.
    """
    complain = of_nobody or refuse("InvalidParameterException", "Missing required parameter USERNAME")

    def initiate_auth(wire: Wire, request: Request) -> None:
        if request.json["AuthFlow"] == "REFRESH_TOKEN_AUTH":
            refuse("NotAuthorizedException", "Invalid Refresh Token")(wire, request)
        elif "AuthParameters" not in request.json:
            complain(wire, request)
        else:
            (of_a_person or far.initiate_auth(request))(wire, request)

    def get_id(wire: Wire, request: Request) -> None:
        (login,) = request.json["Logins"].values()
        if login.count(".") == 2:
            respond_json({"IdentityId": IDENTITY_ID})(wire, request)
        else:
            refuse("NotAuthorizedException", "Invalid login token. Not a Cognito token.")(wire, request)

    far.script("InitiateAuth", initiate_auth)
    far.script("GetId", get_id)


def environment_of(cloud_environment: Mapping[str, str], **variables: str) -> dict[str, str]:
    """The demo's variables, in English, with changes; "" takes one away."""
    merged = {"INGENES_LANGUAGE": "en", **cloud_environment, **variables}
    return {name: value for name, value in merged.items() if value}
