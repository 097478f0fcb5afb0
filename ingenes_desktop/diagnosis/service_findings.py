"""The three AWS services: their hosts, what they answer, and what that says of the configured ids."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from queue import SimpleQueue
from threading import Thread
from types import MappingProxyType

from ingenes_desktop.adapters.far_ends import SERVICES
from ingenes_desktop.adapters.service_probes import Answered, Known
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.diagnosis.findings import Check, Finding, Section, Verdict, failed, finding
from ingenes_desktop.diagnosis.host_findings import host_findings
from ingenes_desktop.diagnosis.probing import Probes
from ingenes_desktop.diagnosis.surroundings import Attempts, Surroundings
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record_bug
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.domain.settings import Settings

WORTH_A_WARNING_SECONDS = 60.0
"""A clock that is this far off; the application reckons with it."""
_SETTING_OF = {
    Check.USER_POOL: "cognito_user_pool_id",
    Check.CLIENT: "cognito_client_id",
    Check.AUTH_FLOW: "auth_flow",
    Check.IDENTITY_POOL: "cognito_identity_pool_id",
}
_WRONG = frozenset(
    {Known.NO, Known.SECRET_MISSING, Known.SECRET_REFUSED, Known.SECRET_SUPERFLUOUS, Known.NOT_OFFERED}
)


def service_findings(
    settings: Settings,
    probes: Probes,
    attempts: Attempts,
    surroundings: Surroundings,
    *,
    is_all: bool,
) -> Iterator[Finding]:
    """Every service at the same time, told one after the other. Worker thread.

    ``is_all``: nobody signs in afterwards, so what only that can settle is said to be open.
    """
    told: dict[str, SimpleQueue[list[Finding]]] = {}
    for service in SERVICES:
        told[service] = SimpleQueue()
        Thread(
            target=_look,
            args=(service, settings, probes, attempts.new(settings.limits), surroundings, told[service]),
            name=f"check-{service}",
            daemon=True,
        ).start()
    later: list[Finding] = []
    for service in SERVICES:
        for each in told[service].get():
            if each.section is Section.HOSTS:
                yield each
            else:
                later.append(each)
    yield _clock(probes)
    yield from later
    if is_all:
        yield finding(Section.SERVICES, Check.SECRET, Verdict.NOTE, settled=False)
        yield finding(Section.SERVICES, Check.FILEMAKER, Verdict.NOTE, settled=False)


def _look(
    service: str,
    settings: Settings,
    probes: Probes,
    attempt: Attempt,
    surroundings: Surroundings,
    told: SimpleQueue[list[Finding]],
) -> None:
    findings: list[Finding] = []
    try:
        host = probes.host(service)
        findings += host_findings(Section.HOSTS, service, host, attempt, wall_clock=surroundings.wall_clock)
        if findings[-1].verdict is not Verdict.FAILURE:
            findings += _answers(service, settings.auth_flow, probes, attempt)
    except Exception as error:  # noqa: BLE001  a bug here must not leave the check waiting
        record_bug(error)
        findings.append(failed(Section.HOSTS, Check.ANSWER, AuthError(ErrorCode.INTERNAL), service))
    told.put(findings)


def _answers(service: str, flow: AuthFlow, probes: Probes, attempt: Attempt) -> Iterator[Finding]:
    services = probes.services
    match service:
        case "cognito-idp":
            found = list(_answer(service, Check.USER_POOL, services.user_pool, attempt))
            yield from found
            if found[0].verdict is Verdict.FAILURE:
                return
            client = list(_answer(service, Check.CLIENT, services.client, attempt, is_first=False))
            yield from client
            if client[0].verdict is not Verdict.FAILURE:
                ask = services.auth_flow
                for each in _answer(service, Check.AUTH_FLOW, ask, attempt, is_first=False):
                    yield replace(each, facts=MappingProxyType({**each.facts, "flow": flow.value}))
        case "cognito-identity":
            yield from _answer(service, Check.IDENTITY_POOL, services.identity_pool, attempt)
        case _:
            yield from _answer(service, None, services.secrets_manager, attempt)


def _answer(
    service: str,
    check: Check | None,
    ask: Callable[[Attempt], Answered],
    attempt: Attempt,
    *,
    is_first: bool = True,
) -> Iterator[Finding]:
    """That the host answers as the service does, and what the answer says of the setting."""
    try:
        attempt.begin_next()
        answered = ask(attempt)
    except AuthError as error:
        failure = error
    else:
        if is_first:
            yield finding(Section.HOSTS, Check.ANSWER, Verdict.OK, service, code=answered.code)
        if check is not None:
            yield _settled(check, answered)
        return
    yield failed(Section.HOSTS, Check.ANSWER, failure, service)


def _settled(check: Check, answered: Answered) -> Finding:
    name, known = _SETTING_OF[check], answered.known
    if known in _WRONG:
        error = AuthError(ErrorCode.CONFIGURATION, detail=answered.code)
        return failed(Section.SERVICES, check, error, name, known=known.value)
    if known is Known.NOT_LINKED:
        verdict = Verdict.WARNING
    else:
        verdict = Verdict.OK if known is Known.YES else Verdict.NOTE
    return finding(Section.SERVICES, check, verdict, name, known=known.value, code=answered.code)


def _clock(probes: Probes) -> Finding:
    differences = [clock.difference for clock in probes.clocks.values() if clock.difference is not None]
    if not differences:
        return finding(Section.SERVICES, Check.CLOCK, Verdict.NOTE, ahead_seconds=None)
    # How far this computer's clock is ahead; negative where it is behind.
    ahead = -max(differences, key=abs)
    is_off = abs(ahead) > WORTH_A_WARNING_SECONDS
    verdict = Verdict.WARNING if is_off else Verdict.OK
    return finding(Section.SERVICES, Check.CLOCK, verdict, ahead_seconds=round(ahead, 1))
