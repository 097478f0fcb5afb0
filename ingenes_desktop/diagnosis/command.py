"""The command ``ingenes-desktop --check``: runs the check on a worker and reports what it finds."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from shutil import get_terminal_size
from threading import Thread
from typing import TextIO

from PySide6.QtCore import QCoreApplication, QLocale

from ingenes_desktop import __version__
from ingenes_desktop.adapters.log_file import start_log
from ingenes_desktop.adapters.settings import load_default_settings
from ingenes_desktop.adapters.settings_review import Review
from ingenes_desktop.diagnosis.computer_findings import computer_findings
from ingenes_desktop.diagnosis.findings import Check, Finding, Section, Verdict, failed, sign_in_can_work
from ingenes_desktop.diagnosis.json_report import JsonReport
from ingenes_desktop.diagnosis.password_prompt import NoTerminalError, ask_password
from ingenes_desktop.diagnosis.report_file import open_report
from ingenes_desktop.diagnosis.settings_findings import review_of, settings_findings
from ingenes_desktop.diagnosis.surroundings import Attempts, Surroundings
from ingenes_desktop.diagnosis.text_report import TextReport
from ingenes_desktop.domain.email_address import is_searchable
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record, record_bug
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.i18n import Translation, choose_language

CAN_WORK, CANNOT_WORK, BAD_USAGE, INTERRUPTED = 0, 1, 2, 130
_LOOK_SECONDS = 0.1
"""On Windows, Ctrl+C does not end a wait without a limit."""
_UNDOING_SECONDS = 4.0
translate = QCoreApplication.translate
AskPassword = Callable[[str], Secret]
_Findings = SimpleQueue[Finding | None]


def run(
    surroundings: Surroundings,
    *,
    as_json: bool = False,
    output: Path | None = None,
    sign_in: str | None = None,
    ask: AskPassword = ask_password,
) -> int:
    """Check everything and report; the exit status. The main thread.

    0: a sign-in can work; 1: it cannot; 2: bad usage, or a report that cannot be written; 130: Ctrl+C.
    """
    application = QCoreApplication.instance() or QCoreApplication(["ingenes-desktop"])
    review = review_of(surroundings)
    settings = _settings(review, surroundings)
    translation = Translation(application, choose_language(settings.language, QLocale.system()))
    translation.add_what_can_wait()
    log = start_log(settings, surroundings.log_folder)
    record("check_started", version=__version__, machine=settings.machine, platform=surroundings.platform)
    try:
        return _run(surroundings, review, as_json=as_json, output=output, sign_in=sign_in, ask=ask)
    finally:
        log.stop()
        translation.use(Language.ENGLISH)


def _run(
    surroundings: Surroundings,
    review: Review,
    *,
    as_json: bool,
    output: Path | None,
    sign_in: str | None,
    ask: AskPassword,
) -> int:
    person: tuple[str, Secret] | None = None
    if sign_in is not None:
        if not is_searchable(sign_in):
            return _refused(translate("Check", "--sign-in: this is no email address."))
        if review.settings is not None:
            password = _asked(sign_in, ask)
            if password is None:
                return BAD_USAGE
            person = (sign_in, password)
    try:
        stream = _standard_output() if output is None else open_report(output)
    except OSError:
        return _refused(translate("Check", "The report cannot be written to {path}.").format(path=output))
    try:
        return _report(surroundings, review, person, stream, as_json=as_json)
    except OSError:
        if output is None:
            _give_up(stream)
        return _refused(translate("Check", "The report cannot be written."))
    finally:
        if output is not None:
            with suppress(OSError):
                stream.close()


def _asked(email: str, ask: AskPassword) -> Secret | None:
    """The password, or None, with a sentence on standard error, where there is none to be had."""
    try:
        password = ask(translate("Check", "Password of {email}: ").format(email=email))
    except NoTerminalError:
        _refused(translate("Check", "--sign-in asks for the password on a terminal, and there is none."))
        return None
    if not password:
        _refused(translate("Check", "No password was typed."))
        return None
    return password


def _report(
    surroundings: Surroundings,
    review: Review,
    person: tuple[str, Secret] | None,
    stream: TextIO,
    *,
    as_json: bool,
) -> int:
    """Everything is looked at on a worker; words are found and written here. Raises OSError."""
    write = partial(_write, stream)
    columns = get_terminal_size().columns if stream.isatty() else None
    report = JsonReport(write) if as_json else TextReport(write, columns)
    attempts = Attempts(surroundings.clock)
    told: _Findings = SimpleQueue()
    worker = Thread(
        target=_work, args=(surroundings, review, attempts, person, told), name="check", daemon=True
    )
    findings: list[Finding] = []
    began = surroundings.clock()
    report.begin(surroundings.wall_clock())
    try:
        worker.start()
        while (found := _next(told)) is not None:
            findings.append(found)
            report.add(found)
    except BaseException as error:
        # Ctrl+C, or nobody to write to: what a sign-in has opened is ended all the same.
        attempts.cancel()
        if person is not None:
            worker.join(_UNDOING_SECONDS)
        if isinstance(error, KeyboardInterrupt):
            return INTERRUPTED
        raise
    report.end(findings, surroundings.clock() - began)
    stream.flush()
    return CAN_WORK if sign_in_can_work(findings) else CANNOT_WORK


def _next(told: _Findings) -> Finding | None:
    while True:
        with suppress(Empty):
            return told.get(timeout=_LOOK_SECONDS)


def _work(
    surroundings: Surroundings,
    review: Review,
    attempts: Attempts,
    person: tuple[str, Secret] | None,
    told: _Findings,
) -> None:
    section = Section.SETTINGS
    try:
        for each in _everything(surroundings, review, attempts, person):
            section = each.section
            told.put(each)
    except Exception as error:  # noqa: BLE001  a bug ends the check with a sentence, never without an end
        record_bug(error)
        told.put(failed(section, Check.ANSWER, AuthError(ErrorCode.INTERNAL), "ingenes-desktop"))
    told.put(None)


def _everything(
    surroundings: Surroundings, review: Review, attempts: Attempts, person: tuple[str, Secret] | None
) -> Iterator[Finding]:
    yield from settings_findings(review, surroundings)
    settings = _settings(review, surroundings)
    yield from computer_findings(settings, surroundings)
    if review.settings is None:
        return  # nobody is asked with settings that do not hold
    from ingenes_desktop.diagnosis.probing import make_probes  # noqa: PLC0415  boto3: here, behind the first lines
    from ingenes_desktop.diagnosis.service_findings import service_findings  # noqa: PLC0415  likewise
    from ingenes_desktop.diagnosis.signed_in import SignedIn  # noqa: PLC0415  likewise

    probes = make_probes(settings, surroundings)
    can_be_reached = True
    for each in service_findings(settings, probes, attempts, surroundings, is_all=person is None):
        can_be_reached &= each.section is not Section.HOSTS or each.verdict is not Verdict.FAILURE
        yield each
    if person is not None and can_be_reached:
        yield from SignedIn(settings, probes, attempts, surroundings).findings(*person)


def _settings(review: Review, surroundings: Surroundings) -> Settings:
    """The settings, or what the application would draw its window with where they are wrong."""
    return review.settings or load_default_settings(
        surroundings.environment, policy=surroundings.policy, defaults=surroundings.defaults
    )


def _standard_output() -> TextIO:
    """Standard output, which no character may break: a Windows console knows a few hundred of them."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")
    return sys.stdout


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()


def _give_up(stream: TextIO) -> None:
    """Nobody reads standard output any more: Python must not complain of it at its end."""
    with suppress(OSError, ValueError):
        stream.close()


def _refused(words: str) -> int:
    """Say on standard error why there is no check."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(f"ingenes-desktop: {words}\n")
    return BAD_USAGE
