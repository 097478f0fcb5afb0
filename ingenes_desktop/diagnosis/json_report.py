"""The report for machines: one JSON object, in ASCII, with names that stay."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ingenes_desktop import __version__
from ingenes_desktop.diagnosis.findings import Check, Finding, Verdict, sign_in_can_work
from ingenes_desktop.diagnosis.text_report import Write

SCHEMA = "ingenes-desktop-check/1"
"""Changes when a name of this object changes its meaning or goes; a new name does not change it."""


class JsonReport:
    """Writes everything at the end. Any thread."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._moment = 0.0

    def begin(self, moment: float) -> None:
        """``moment`` is in seconds since 1970."""
        self._moment = moment

    def add(self, finding: Finding) -> None:
        """Nothing yet."""

    def end(self, findings: Sequence[Finding], seconds: float) -> None:
        """The one object, and a line end."""
        document = {
            "schema": SCHEMA,
            "version": __version__,
            "checked_at": datetime.fromtimestamp(self._moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "seconds": round(seconds, 2),
            "sign_in_can_work": sign_in_can_work(findings),
            "signed_in": any(each.check is Check.RECORD and each.verdict is Verdict.OK for each in findings),
            "findings": [_as_json(each) for each in findings],
        }
        self._write(json.dumps(document, indent=2) + "\n")


def _as_json(finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    return {
        "section": finding.section.value,
        "check": finding.check.value,
        "subject": finding.subject,
        "verdict": finding.verdict.value,
        "code": None if problem is None else problem.code.value,
        "detail": None if problem is None else problem.detail,
        "reference": None if problem is None else problem.reference,
        "facts": {
            name: list(value) if isinstance(value, tuple) else value for name, value in finding.facts.items()
        },
    }
