"""The words of the signed-in step."""

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.diagnosis.findings import Check, Finding
from ingenes_desktop.diagnosis.question_words import question_words

translate = QCoreApplication.translate


def sign_in_label(finding: Finding) -> str:  # noqa: C901, PLR0911, PLR0912  one table, read from top to bottom
    """What the line is about."""
    match finding.check:
        case Check.PASSWORD:
            return translate("Check", "email and password")
        case Check.ID_TOKEN:
            return translate("Check", "identity token")
        case Check.IDENTITY:
            return translate("Check", "identity")
        case Check.CREDENTIALS:
            return translate("Check", "access")
        case Check.ACCOUNT:
            return translate("Check", "secret")
        case Check.PRODUCT:
            return translate("Check", "FileMaker: product")
        case Check.SESSION:
            return translate("Check", "FileMaker: session")
        case Check.FIND if finding.subject == "unescaped":
            return translate("Check", "find without escapes")
        case Check.FIND:
            return translate("Check", "find with escapes")
        case Check.DURATION:
            return translate("Check", "time of a sign-in")
        case Check.ESCAPING:
            return translate("Check", "escapes")
        case Check.RECORD:
            return translate("Check", "record")
        case Check.USERS_LAYOUT:
            return "@Usuarios"
        case Check.LOGIN_LAYOUT:
            return "_webappSalesContacts"
        case Check.BASE_TABLE:
            return translate("Check", "base table")
        case Check.SESSION_ENDED:
            return translate("Check", "FileMaker: session ended")
        case _:
            return translate("Check", "tokens revoked")


def sign_in_text(finding: Finding) -> str:  # noqa: C901, PLR0911, PLR0912  one table, read from top to bottom
    """What was found, without the sentence of a problem."""
    facts = finding.facts
    match finding.check:
        case Check.PASSWORD if "challenge" in facts and finding.problem is None:
            return question_words(finding)
        case Check.DURATION:
            return translate("Check", "{seconds} s; the limit is {limit} s.").format(
                seconds=facts["seconds"], limit=f"{facts['limit']:g}"
            )
        case _ if finding.problem is not None and finding.check is not Check.USERS_LAYOUT:
            return ""
        case Check.PRODUCT:
            return str(facts["product"] or translate("Check", "unknown"))
        case Check.FIND:
            return translate(
                "Check", "code {code}: {found} found, {returned} returned, {exact} exactly the address"
            ).format(**facts)
        case Check.ESCAPING:
            return _escaping(facts["obeyed"], facts["proven"])
        case Check.RECORD:
            return translate("Check", "one record, this person's")
        case Check.USERS_LAYOUT:
            return _users_layout(finding)
        case Check.LOGIN_LAYOUT:
            if facts["type"] is None:
                return translate("Check", "LastLoginTime is missing; the time of a sign-in is not written.")
            return translate("Check", "LastLoginTime is there ({type})").format(type=facts["type"])
        case Check.BASE_TABLE:
            if facts["same"]:
                return translate("Check", "both layouts show {table}").format(table=facts["users_table"])
            return translate(
                "Check",
                "the layouts show different tables ({users}, {login}); the time of a sign-in is not written.",
            ).format(users=facts["users_table"] or "?", login=facts["login_table"] or "?")
        case _:
            return translate("Check", "done")


def _users_layout(finding: Finding) -> str:
    missing = finding.facts["missing"]
    names = ", ".join(missing) if isinstance(missing, tuple) else ""
    if names:
        return translate("Check", "missing on the layout: {names}.").format(names=names)
    return translate("Check", "every field is there")


def _escaping(obeyed: object, proven: object) -> str:
    if obeyed is None:
        return translate("Check", "not settled: neither find gave this address")
    if not obeyed:
        return translate(
            "Check", "not obeyed by this server; the application searches once more without them."
        )
    if proven:
        return translate("Check", "obeyed: without them more records are found")
    return translate("Check", "obeyed, as far as this address shows")
