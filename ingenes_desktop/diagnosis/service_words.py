"""The words for what the services say of the configured ids and of the flow."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.diagnosis.findings import Fact

translate = QCoreApplication.translate


def known_words(known: Fact) -> str:
    """What the service says of a configured id."""
    match known:
        case "exists":
            return translate("Check", "known to the service")
        case "unknown":
            return translate("Check", "The service knows no such id.")
        case "secret_missing":
            return translate("Check", "The client has a secret; cognito_client_secret is not set.")
        case "secret_refused":
            return translate("Check", "The client's secret is wrong (cognito_client_secret).")
        case "secret_superfluous":
            return translate("Check", "The client has no secret; cognito_client_secret must be empty.")
        case "not_linked":
            return translate(
                "Check",
                "known to the service, but it does not know this user pool as its own; sign in to settle it",
            )
        case _:
            return translate("Check", "not settled without signing in (--sign-in EMAIL)")


def flow_words(facts: Mapping[str, Fact]) -> str:
    """Which flow is set, what becomes of the password in it, and whether the client allows it."""
    flow = str(facts["flow"])
    match flow:
        case "USER_SRP_AUTH":
            meaning = translate("Check", "the password is never sent, only a proof that it is known")
        case "USER_AUTH":
            meaning = translate("Check", "the person may choose another way than the password")
        case "CUSTOM_AUTH":
            meaning = translate(
                "Check", "the password is never sent, only a proof; then the pool asks questions of its own"
            )
        case _:
            meaning = translate("Check", "the password is sent inside TLS")
    if facts["known"] == "not_offered":
        return translate("Check", "{flow}: the client does not allow it (ALLOW_{flow}).").format(flow=flow)
    return f"{flow}: {meaning}; {known_words(facts['known'])}"
