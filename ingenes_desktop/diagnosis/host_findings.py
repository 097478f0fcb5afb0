"""One host, step by step: proxy, name, connection, TLS."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from ingenes_desktop.adapters.host_probe import Handshake, HostProbe
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.diagnosis.findings import Check, Fact, Finding, Section, Verdict, failed, finding
from ingenes_desktop.domain.errors import AuthError

SOON_DAYS = 14
"""A certificate that ends within so many days is worth a word to whoever renews it."""
_DAY_SECONDS = 86_400


def host_findings(
    section: Section, subject: str, probe: HostProbe, attempt: Attempt, *, wall_clock: Callable[[], float]
) -> Iterator[Finding]:
    """Goes as far as the host lets it; the last finding is a failure where a step does not work."""
    check = Check.PROXY
    try:
        proxy = probe.find_proxy(attempt)
        yield finding(section, check, Verdict.OK, subject, proxy=proxy, host=probe.host, port=probe.port)
        check = Check.NAME_LOOKUP
        attempt.begin_next()
        addresses = probe.look_up(attempt)
        yield finding(section, check, Verdict.OK, subject, addresses=addresses, of_proxy=proxy is not None)
        check = Check.CONNECTION
        attempt.begin_next()
        connected = probe.connect(attempt)
        yield finding(
            section,
            check,
            Verdict.OK,
            subject,
            address=connected.address,
            milliseconds=round(connected.seconds * 1000),
        )
        check = Check.TLS
        attempt.begin_next()
        if not probe.uses_tls:
            yield finding(section, check, Verdict.NOTE, subject, protocol=None)
            return
        handshake = probe.shake_hands(attempt)
    except AuthError as error:
        failure = error
    else:
        yield _tls(section, subject, handshake, wall_clock())
        return
    shown = None
    if check is Check.TLS and failure.detail.startswith("TLS-"):
        attempt.begin_next()
        shown = probe.look_at_certificates(attempt)
    facts = {} if shown is None else _certificate_facts(shown, wall_clock())
    yield replace(failed(section, check, failure, subject), facts={"host": probe.host, **facts})


def _tls(section: Section, subject: str, handshake: Handshake, now: float) -> Finding:
    facts = _certificate_facts(handshake, now)
    days = facts.get("days_left")
    ends_soon = isinstance(days, int) and days < SOON_DAYS
    return finding(section, Check.TLS, Verdict.WARNING if ends_soon else Verdict.OK, subject, **facts)


def _certificate_facts(handshake: Handshake, now: float) -> dict[str, Fact]:
    facts: dict[str, Fact] = {"protocol": handshake.protocol}
    if handshake.chain:
        own = handshake.chain[0]
        facts |= {
            "certificate": own.subject,
            "issuer": own.issuer,
            "expires": datetime.fromtimestamp(own.expires_at, UTC).strftime("%Y-%m-%d"),
            "days_left": int((own.expires_at - now) // _DAY_SECONDS),
            "chain": (*(each.subject for each in handshake.chain), handshake.chain[-1].issuer),
        }
    return facts
