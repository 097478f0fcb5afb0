"""A clinic's FileMaker server: whether escapes are obeyed, what the layouts hold, whose record it is."""

from collections.abc import Callable, Iterator

from ingenes_desktop.adapters.filemaker_probe import (
    LOGIN_FIELD_TYPES,
    SEARCHED_FIELD,
    SHOWN_FIELDS,
    FileMakerProbe,
    FindResult,
)
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.person import choose_record
from ingenes_desktop.diagnosis.findings import Check, Finding, Section, Verdict, failed, finding
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import CompanyCheck
from ingenes_desktop.domain.models import FileMakerUser

_SECTION = Section.SIGN_IN


def server_findings(
    filemaker: FileMakerProbe, email: str, customer_id: str, company_check: CompanyCheck, attempt: Attempt
) -> Iterator[Finding]:
    """Two finds and three looks at layouts, with an open session. Raises the AuthError of the first find."""
    attempt.begin_next()
    escaped = filemaker.try_find(email, attempt, escape=True)
    assert escaped is not None  # noqa: S101  an escaped find is always safe to send
    yield _find("escaped", escaped)
    plain: FindResult | None = None
    try:
        attempt.begin_next()
        plain = filemaker.try_find(email, attempt, escape=False)
    except AuthError as error:
        yield failed(_SECTION, Check.FIND, error, "unescaped", verdict=Verdict.WARNING)
    else:
        if plain is not None:
            yield _find("unescaped", plain)
    yield _escaping(escaped, plain)
    # As the application does: without escapes only where a find with them gave nothing.
    found = escaped if escaped.returned or plain is None else plain
    record: FileMakerUser | None = None
    try:
        record = choose_record(found.users, email, customer_id, company_check)
    except AuthError as error:
        yield failed(_SECTION, Check.RECORD, error)
    else:
        yield finding(_SECTION, Check.RECORD, Verdict.OK)
    yield from _guarded(Check.USERS_LAYOUT, attempt, lambda: _users_layout(filemaker, attempt))
    yield from _guarded(Check.LOGIN_LAYOUT, attempt, lambda: _login_layout(filemaker, attempt))
    if record is not None:
        chosen = record
        yield from _guarded(Check.BASE_TABLE, attempt, lambda: _base_table(filemaker, chosen, attempt))


def _find(kind: str, result: FindResult) -> Finding:
    return finding(
        _SECTION,
        Check.FIND,
        Verdict.OK if result.exact else Verdict.NOTE,
        kind,
        code=result.code,
        found=result.found,
        returned=result.returned,
        exact=result.exact,
    )


def _escaping(escaped: FindResult, plain: FindResult | None) -> Finding:
    if escaped.exact:
        # Fewer than without escapes proves it; as many only agrees with it.
        proven = plain is not None and plain.found > escaped.found
        return finding(_SECTION, Check.ESCAPING, Verdict.OK, obeyed=True, proven=proven)
    if plain is not None and plain.exact:
        return finding(_SECTION, Check.ESCAPING, Verdict.WARNING, obeyed=False, proven=True)
    return finding(_SECTION, Check.ESCAPING, Verdict.NOTE, obeyed=None, proven=False)


def _users_layout(filemaker: FileMakerProbe, attempt: Attempt) -> Finding:
    fields = filemaker.users_fields(attempt)
    missing = tuple(name for name in SHOWN_FIELDS if name not in fields)
    if SEARCHED_FIELD not in fields:
        error = AuthError(ErrorCode.CONFIGURATION, detail="FM-102")
        return failed(
            _SECTION, Check.USERS_LAYOUT, error, missing=(SEARCHED_FIELD, *missing), fields=len(fields)
        )
    verdict = Verdict.WARNING if missing else Verdict.OK
    return finding(_SECTION, Check.USERS_LAYOUT, verdict, missing=missing, fields=len(fields))


def _login_layout(filemaker: FileMakerProbe, attempt: Attempt) -> Finding:
    kind = filemaker.login_field_type(attempt)
    verdict = Verdict.OK if kind in LOGIN_FIELD_TYPES else Verdict.WARNING
    return finding(_SECTION, Check.LOGIN_LAYOUT, verdict, type=kind or None)


def _base_table(filemaker: FileMakerProbe, record: FileMakerUser, attempt: Attempt) -> Finding:
    table = filemaker.table_behind(record.record_id, attempt)
    is_same = bool(table) and table == record.table
    return finding(
        _SECTION,
        Check.BASE_TABLE,
        Verdict.OK if is_same else Verdict.WARNING,
        same=is_same,
        users_table=record.table or None,
        login_table=table or None,
    )


def _guarded(check: Check, attempt: Attempt, look: Callable[[], Finding]) -> Iterator[Finding]:
    """What no sign-in needs may fail with a warning."""
    try:
        attempt.begin_next()
        yield look()
    except AuthError as error:
        yield failed(_SECTION, check, error, verdict=Verdict.WARNING)
