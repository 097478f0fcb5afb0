"""What there is to say of this computer: versions, the log's folder, the keyring."""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from PySide6.QtCore import qVersion

from ingenes_desktop import __version__
from ingenes_desktop.adapters.left_behind import answer_within
from ingenes_desktop.adapters.log_file import FILE_NAME, log_folder
from ingenes_desktop.diagnosis.findings import Check, Finding, Section, Verdict, failed, finding
from ingenes_desktop.diagnosis.settings_findings import without_home
from ingenes_desktop.diagnosis.surroundings import Surroundings
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.settings import Settings

LIBRARIES = (
    "PySide6-Essentials", "boto3", "botocore", "requests", "urllib3", "PyJWT", "cryptography", "keyring",
    "truststore",
)  # fmt: skip


def computer_findings(settings: Settings, surroundings: Surroundings) -> Iterator[Finding]:
    """The findings; the keyring's may take its limit. Worker thread."""
    yield from _versions()
    yield _log_folder(settings.machine, surroundings)
    yield _keyring(settings, surroundings)


def _versions() -> Iterator[Finding]:
    known = {
        "ingenes-desktop": __version__,
        "os": platform.platform(terse=True),
        "Python": platform.python_version(),
        "Qt": qVersion(),
    }
    for name in LIBRARIES:
        try:
            known[name] = version(name)
        except PackageNotFoundError:
            known[name] = ""  # a bundle may come without its packages' papers
    for name, number in known.items():
        yield finding(
            Section.COMPUTER,
            Check.VERSION,
            Verdict.OK if number else Verdict.NOTE,
            name,
            version=number or None,
        )


def _log_folder(machine: MachineKind, surroundings: Surroundings) -> Finding:
    try:
        folder = surroundings.log_folder or log_folder(machine, surroundings.platform)
    except RuntimeError:  # no home folder
        return finding(
            Section.COMPUTER, Check.LOG_FOLDER, Verdict.WARNING, path=None, exists=False, writable=False
        )
    writable = _can_be_written(folder)
    return finding(
        Section.COMPUTER,
        Check.LOG_FOLDER,
        Verdict.OK if writable else Verdict.WARNING,
        path=without_home(folder),
        exists=folder.is_dir(),
        writable=writable,
    )


def _can_be_written(folder: Path) -> bool:
    """Whether a log could be written there, by the rights alone: nothing is made here."""
    file = folder / FILE_NAME
    try:
        if file.exists():
            return file.is_file() and os.access(file, os.W_OK)
        while not folder.exists() and folder != folder.parent:
            folder = folder.parent
    except OSError:
        return False
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _keyring(settings: Settings, surroundings: Surroundings) -> Finding:
    if settings.machine is MachineKind.KIOSK:
        return finding(Section.COMPUTER, Check.KEYRING, Verdict.NOTE, state="not_used", backend=None)
    store = surroundings.keyring(surroundings.platform)

    def ask() -> str | AuthError:
        try:
            return store.probe()
        except AuthError as error:
            return error

    seconds = settings.limits.keyring_at_start
    try:
        answer = answer_within(seconds, ask, name="keyring-probe")
    except TimeoutError:
        return finding(
            Section.COMPUTER,
            Check.KEYRING,
            Verdict.WARNING,
            state="no_answer",
            backend=None,
            seconds=seconds,
        )
    if isinstance(answer, AuthError):
        return failed(
            Section.COMPUTER,
            Check.KEYRING,
            answer,
            verdict=Verdict.WARNING,
            state="unavailable",
            backend=None,
        )
    return finding(Section.COMPUTER, Check.KEYRING, Verdict.OK, state="answers", backend=answer)
