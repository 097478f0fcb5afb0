"""The words of the check, in both languages. Errors keep the sentences of ``ui/messages.py``."""

from collections.abc import Mapping
from typing import assert_never

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.diagnosis.findings import Check, Fact, Finding, Section, Verdict
from ingenes_desktop.diagnosis.service_words import flow_words, known_words
from ingenes_desktop.diagnosis.sign_in_words import sign_in_label, sign_in_text
from ingenes_desktop.ui.messages import sentence

_NO_DIFFERENCE_SECONDS = 2.0
"""What the whole seconds of a Date header and the way of an answer make up."""
translate = QCoreApplication.translate


def verdict_word(verdict: Verdict) -> str:
    """The first word of a line; it says by itself how serious the line is."""
    match verdict:
        case Verdict.OK:
            return translate("Check", "OK")
        case Verdict.NOTE:
            return translate("Check", "NOTE")
        case Verdict.WARNING:
            return translate("Check", "WARNING")
        case Verdict.FAILURE:
            return translate("Check", "FAILURE")
        case _:
            assert_never(verdict)


def section_title(section: Section) -> str:
    """The title over a part of the report."""
    match section:
        case Section.SETTINGS:
            return translate("Check", "Settings")
        case Section.COMPUTER:
            return translate("Check", "This computer")
        case Section.HOSTS:
            return translate("Check", "Hosts")
        case Section.SERVICES:
            return translate("Check", "Services")
        case Section.SIGN_IN:
            return translate("Check", "Sign-in")
        case _:
            assert_never(section)


def label(finding: Finding) -> str:  # noqa: C901, PLR0911, PLR0912  one table, read from top to bottom
    """What the line is about, in a word or two; names of settings and hosts stay as they are."""
    match finding.check:
        case Check.VERSION if finding.subject == "os":
            return translate("Check", "operating system")
        case Check.SETTING_REFUSED:
            return finding.subject.partition(" (")[0]  # its source stands in the sentence
        case Check.SETTING | Check.SETTING_IGNORED | Check.VERSION:
            return finding.subject
        case Check.SETTINGS_FILE:
            if finding.subject == "user":
                return translate("Check", "user's file")
            return translate("Check", "policy")
        case Check.VARIABLES_DROPPED:
            return translate("Check", "variables")
        case Check.LOG_FOLDER:
            return translate("Check", "log")
        case Check.KEYRING:
            return translate("Check", "keyring")
        case Check.CLOCK:
            return translate("Check", "clock")
        case Check.USER_POOL | Check.CLIENT | Check.AUTH_FLOW | Check.IDENTITY_POOL:
            return finding.subject
        case Check.SECRET:
            return "filemaker_secret_name"
        case Check.FILEMAKER:
            return "FileMaker"
        case Check.PROXY | Check.NAME_LOOKUP | Check.CONNECTION | Check.TLS | Check.ANSWER:
            return f"{finding.subject}: {_step(finding.check)}"
        case _:
            return sign_in_label(finding)


def text(finding: Finding) -> str:
    """What was found, in one line."""
    words = _own_words(finding)
    if finding.problem is not None:
        problem = finding.problem
        # A setting's name stands in the sentence already.
        detail = "" if finding.check is Check.SETTING_REFUSED else problem.detail
        code = f"[{problem.code.value} {detail}".strip() + "]"
        # A report is searched, and not every terminal knows a no-break space.
        told = sentence(problem).replace("\u00a0", " ")
        words = f"{words} {told} {code}".strip()
    return words


def conclusion(*, can_work: bool, is_settled: bool, is_begun: bool) -> str:
    """The last line. ``is_begun``: somebody's password was sent, and a question came first."""
    if not can_work:
        return translate("Check", "A sign-in cannot work on this computer. See the lines marked FAILURE.")
    if is_settled:
        return translate("Check", "A sign-in works on this computer.")
    if is_begun:
        return translate(
            "Check",
            "A sign-in can work on this computer, as far as it could be looked at: "
            "see the line marked WARNING under Sign-in.",
        )
    return translate("Check", "A sign-in can work on this computer, as far as that shows without a password.")


def _step(check: Check) -> str:
    match check:
        case Check.PROXY:
            return "proxy"
        case Check.NAME_LOOKUP:
            return translate("Check", "name")
        case Check.CONNECTION:
            return translate("Check", "connection")
        case Check.TLS:
            return "TLS"
        case _:
            return translate("Check", "answer")


def _own_words(finding: Finding) -> str:  # noqa: C901, PLR0911, PLR0912  one table, read from top to bottom
    facts = finding.facts
    match finding.check:
        case Check.SETTING:
            shown = _setting_value(facts["value"])
            return f"{shown}  [{_source(facts['source'], facts['label'])}]"
        case Check.SETTINGS_FILE:
            if facts["exists"]:
                return str(facts["path"])
            return translate("Check", "{path} (there is none)").format(path=facts["path"])
        case Check.SETTING_IGNORED:
            return _why_ignored(facts)
        case Check.SETTING_REFUSED:
            return ""
        case Check.VARIABLES_DROPPED:
            return translate("Check", "not read: {names}").format(names=_joined(facts["names"]))
        case Check.VERSION:
            return str(facts["version"] or translate("Check", "unknown"))
        case Check.LOG_FOLDER:
            if facts["writable"]:
                return str(facts["path"])
            return translate("Check", "{path} cannot be written; there is no log.").format(
                path=facts["path"] or "~"
            )
        case Check.KEYRING:
            return _keyring(facts)
        case Check.PROXY:
            return _proxy(facts)
        case Check.NAME_LOOKUP | Check.CONNECTION | Check.TLS | Check.ANSWER:
            return _host_words(finding)
        case Check.CLOCK:
            return _clock(facts["ahead_seconds"])
        case Check.USER_POOL | Check.CLIENT | Check.IDENTITY_POOL:
            return known_words(facts["known"])
        case Check.AUTH_FLOW:
            return flow_words(facts)
        case Check.SECRET:
            return translate("Check", "not settled without signing in (--sign-in EMAIL)")
        case Check.FILEMAKER:
            return translate(
                "Check", "its host is known only from the secret: not settled without signing in"
            )
        case _:
            return sign_in_text(finding)


def _setting_value(value: Fact) -> str:
    if value is None:
        return translate("Check", "(none)")
    if value == "(set)":
        return translate("Check", "(set, not shown)")
    return str(value)


def _source(source: Fact, name: Fact) -> str:
    if source == "built-in":
        return translate("Check", "built in")
    if source == "environment":
        words = translate("Check", "environment")
        return f"{words} {name}" if name else words
    return str(source)


def _why_ignored(facts: Mapping[str, Fact]) -> str:
    source = _source(facts["source"], None) if facts["source"] != "environment" else ""
    match facts["reason"]:
        case "administrator_only":
            words = translate("Check", "ignored: only the policy may say it.")
        case "clinic_machine":
            words = translate("Check", "ignored: on a clinic's machine only the policy may say it.")
        case "overruled":
            words = translate("Check", "ignored: {source} stands over it.").format(
                source=translate("Check", "the environment") if facts["by"] == "environment" else facts["by"]
            )
        case "empty":
            words = translate("Check", "empty: counts as not said.")
        case _:
            words = translate("Check", "ignored: there is no such variable.")
    return f"{words}  [{source}]" if source else words


def _keyring(facts: Mapping[str, Fact]) -> str:
    match facts["state"]:
        case "not_used":
            return translate("Check", "not used: this machine is a kiosk")
        case "no_answer":
            return translate(
                "Check", "no answer within {seconds} s (locked?); the email is not remembered."
            ).format(seconds=f"{facts['seconds']:g}")
        case "unavailable":
            return ""
        case _:
            return translate("Check", "{backend} answers").format(backend=facts["backend"])


def _proxy(facts: Mapping[str, Fact]) -> str:
    target = f"{facts['host']}:{facts['port']}" if "port" in facts else str(facts.get("host", ""))
    proxy = facts.get("proxy")
    if proxy is None:
        return translate("Check", "{host}, without a proxy").format(host=target)
    return translate("Check", "{host}, through {proxy}").format(host=target, proxy=proxy)


def _host_words(finding: Finding) -> str:
    facts = finding.facts
    if finding.check is Check.TLS:
        return _tls(facts)
    if finding.problem is not None:
        return f"{facts['host']}." if "host" in facts else ""
    if finding.check is Check.NAME_LOOKUP:
        addresses = _joined(facts["addresses"])
        if facts["of_proxy"]:
            return translate("Check", "{addresses} (the proxy's; it looks up the host)").format(
                addresses=addresses
            )
        return addresses
    if finding.check is Check.CONNECTION:
        return translate("Check", "{address} in {milliseconds} ms").format(
            address=facts["address"] or "?", milliseconds=facts["milliseconds"]
        )
    return translate("Check", "the service answered, as it does without a sign-in ({code})").format(
        code=facts["code"]
    )


def _tls(facts: Mapping[str, Fact]) -> str:
    if "certificate" not in facts:
        host = f"{facts['host']}." if "host" in facts else ""
        return host if "protocol" not in facts or facts["protocol"] else _without_tls()
    words = translate(
        "Check",
        "{protocol}; certificate {certificate}, issued by {issuer}, until {expires} (%n day(s) left)",
        None,
        _days(facts["days_left"]),
    ).format(
        protocol=facts["protocol"],
        certificate=facts["certificate"] or "?",
        issuer=facts["issuer"] or "?",
        expires=facts["expires"],
    )
    return f"{words}." if "host" in facts else words


def _days(left: Fact) -> int:
    return int(left) if isinstance(left, int | float) else 0


def _without_tls() -> str:
    return translate("Check", "not used: the address is this computer's own (http)")


def _clock(ahead: Fact) -> str:
    if not isinstance(ahead, int | float):
        return translate("Check", "not compared: no answer was dated")
    if abs(ahead) < _NO_DIFFERENCE_SECONDS:
        return translate("Check", "the same as the services'")
    if ahead >= 0:
        words = translate("Check", "{seconds} s ahead of the services")
    else:
        words = translate("Check", "{seconds} s behind the services")
    words = words.format(seconds=f"{abs(ahead):.0f}")
    # The verdict is beside it; what it means for a sign-in is said here.
    if abs(ahead) > 60:  # noqa: PLR2004  service_findings.WORTH_A_WARNING_SECONDS, which sees to the verdict
        words += translate("Check", "; the application reckons with it. Correct the clock.")
    return words


def _joined(value: Fact) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
