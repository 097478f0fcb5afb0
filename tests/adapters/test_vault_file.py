"""The vault's file: what is read, what is refused unread, and that a failed write changes nothing."""

import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ingenes_desktop.adapters.vault_file import HELD_SECONDS, LARGEST_BYTES, NotOurFile, VaultFile
from ingenes_desktop.adapters.vault_folder import VaultFolder
from tests.adapters.vaults import folder_at, names_in

needs_posix = pytest.mark.skipif(os.name != "posix", reason="owners, modes, links and pipes of POSIX")
needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="gives a file to somebody else"
)
SOMEBODY_ELSE = 65534


@pytest.fixture
def folder(tmp_path: Path) -> VaultFolder:
    return folder_at(tmp_path / "state")


@pytest.fixture
def file(folder: VaultFolder) -> VaultFile:
    return VaultFile(folder, random_bytes=os.urandom)


def test_round_trip(file: VaultFile, folder: VaultFolder) -> None:
    assert file.read() is None
    assert not file.is_there()
    file.write(b"first")
    file.write(b"second")
    assert file.read() == b"second"
    assert names_in(folder.path) == [folder.vault.name]
    file.remove()
    file.remove()
    assert file.read() is None


@needs_posix
@pytest.mark.parametrize("umask", [0o000, 0o777])
def test_only_its_owner_gets_at_it(file: VaultFile, folder: VaultFolder, umask: int) -> None:
    folder.path.mkdir(parents=True)
    folder.path.chmod(0o755)
    before = os.umask(umask)
    try:
        file.write(b"content")
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.vault.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="Linux tells which files are open")
def test_the_disk_has_it_before_it_takes_the_others_place(
    folder: VaultFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever loses its power meanwhile has the former or the new one, whole."""
    done: list[str] = []
    settle, replace = os.fsync, os.replace

    def note_settling(handle: int) -> None:
        done.append(Path(os.readlink(f"/proc/self/fd/{handle}")).suffix)  # noqa: PTH115  no path: a magic link
        settle(handle)

    def note_replacing(source: Path, target: Path) -> None:
        done.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_settling)
    file = VaultFile(folder, random_bytes=os.urandom, replace=note_replacing)
    file.write(b"content")
    assert done == [".tmp", "replace", ""]  # the new file, then the folder's names
    assert file.read() == b"content"
    assert not opened_below(folder.path), "left open"
    file.remove()
    assert done[3:] == [""]
    assert not opened_below(folder.path), "left open"


def opened_below(folder: Path) -> list[str]:
    """What this process has open there."""
    opened = [os.path.realpath(handle) for handle in Path("/proc/self/fd").iterdir()]
    return [path for path in opened if path.startswith(str(folder))]


def pipe(path: Path) -> None:
    os.mkfifo(path)


def named_socket(path: Path) -> None:
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(before)


def link_to_a_secret(path: Path) -> None:
    target = path.parent.parent / "elsewhere"
    target.write_bytes(b"another's")
    path.symlink_to(target)


def link_to_nowhere(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def huge(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 30)


def a_byte_too_long(path: Path) -> None:
    path.write_bytes(b"x" * (LARGEST_BYTES + 1))


def writable(path: Path) -> None:
    path.write_bytes(b"content")
    path.chmod(0o620)


def unreadable(path: Path) -> None:
    path.write_bytes(b"content")
    path.chmod(0)


@needs_posix
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
@pytest.mark.parametrize(
    ("make", "finding"),
    [
        (Path.mkdir, "NOT_A_FILE"),
        (pipe, "NOT_A_FILE"),
        (named_socket, "NOT_A_FILE"),
        (link_to_a_secret, "NOT_A_FILE"),
        (link_to_nowhere, "NOT_A_FILE"),
        (link_to_itself, "NOT_A_FILE"),
        (link_to_a_device, "NOT_A_FILE"),
        (huge, "TOO_LONG"),
        (a_byte_too_long, "TOO_LONG"),
        (writable, "OTHER_RIGHTS"),
        (unreadable, "OTHER_RIGHTS"),
    ],
)
def test_what_is_no_vault_is_refused_and_replaced(
    file: VaultFile, folder: VaultFolder, make: Callable[[Path], None], finding: str
) -> None:
    file.make_folder()
    make(folder.vault)
    with pytest.MonkeyPatch.context() as system:
        # Not even opened: that alone may wait for a pipe's other end, or do something to a device.
        system.delattr(os, "open")
        with pytest.raises(NotOurFile, match=f"^{finding}$"):
            file.read()
    assert file.is_there()
    file.remove()
    assert not file.is_there()
    file.write(b"ours")
    assert file.read() == b"ours"
    elsewhere = folder.path.parent / "elsewhere"
    assert not elsewhere.exists() or elsewhere.read_bytes() == b"another's"


@needs_posix
@needs_root
def test_what_somebody_else_owns(file: VaultFile, folder: VaultFolder) -> None:
    file.write(b"content")
    os.chown(folder.vault, SOMEBODY_ELSE, SOMEBODY_ELSE)
    with pytest.raises(NotOurFile, match=r"^OTHER_OWNER$"):
        file.read()
    os.chown(folder.path, SOMEBODY_ELSE, SOMEBODY_ELSE)
    with pytest.raises(PermissionError):
        file.write(b"content")
    assert names_in(folder.path) == [folder.vault.name]


@needs_posix
def test_a_device_is_never_opened(tmp_path: Path) -> None:
    """The file's name leads to a device by way of the folder: it is looked at and left."""
    nowhere = VaultFile(VaultFolder(Path("/dev"), "session-0"), random_bytes=os.urandom)
    assert nowhere.read() is None
    (tmp_path / "x.vault").symlink_to("/dev/full")
    with pytest.raises(NotOurFile):
        VaultFile(VaultFolder(tmp_path, "x"), random_bytes=os.urandom).read()


def test_a_folder_with_something_in_it_stays(file: VaultFile, folder: VaultFolder) -> None:
    (folder.vault / "kept").mkdir(parents=True)
    with pytest.raises(OSError, match="not empty"):
        file.remove()
    assert (folder.vault / "kept").is_dir()
    with pytest.raises(OSError, match="directory"):
        file.write(b"content")
    assert file.leftovers() == []


def test_the_folder_is_a_file(file: VaultFile, folder: VaultFolder) -> None:
    folder.path.parent.mkdir()
    folder.path.touch()
    with pytest.raises(FileExistsError):
        file.write(b"content")
    assert file.leftovers() == []


def test_only_our_own_leftovers_are_swept(file: VaultFile, folder: VaultFolder) -> None:
    file.write(b"content")
    other_client = folder._replace(name="session-00000000")
    left = [folder.temporary(os.urandom(8)) for _ in range(3)]
    others = [
        other_client.temporary(os.urandom(8)),
        folder.path / "settings.toml",
        folder.path / f".{folder.name}.tmp",
        folder.path / f".{folder.name}.0123456789abcdef.tmp.keep",
    ]
    for path in (*left, *others):
        path.write_bytes(b"half")
    assert sorted(file.leftovers()) == sorted(left)
    file.sweep()
    assert file.leftovers() == []
    assert all(path.exists() for path in others)
    assert file.read() == b"content"


@pytest.mark.parametrize("is_link", [True, False])
def test_a_temporary_name_that_is_taken_is_left_alone(
    folder: VaultFolder, tmp_path: Path, *, is_link: bool
) -> None:
    file = VaultFile(folder, random_bytes=bytes)
    file.write(b"former")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"another's")
    taken = folder.temporary(bytes(8))
    if is_link:
        taken.symlink_to(elsewhere)
    else:
        taken.hardlink_to(elsewhere)
    with pytest.raises(FileExistsError):
        file.write(b"new")
    assert elsewhere.read_bytes() == b"another's"
    assert file.read() == b"former"


class Held:
    """os.replace while a virus scanner has the file open, as Windows tells it; time goes by in pauses."""

    def __init__(self, seconds: float, winerror: int | None) -> None:
        self.waited = 0.0
        self._seconds = seconds
        self._winerror = winerror

    def replace(self, source: Path, target: Path) -> None:
        self.refuse_while_held()
        source.replace(target)

    def refuse_while_held(self) -> None:
        if self.waited < self._seconds:
            error = PermissionError(13, "Access is denied")
            error.winerror = self._winerror  # type: ignore[attr-defined]  # Windows' own
            raise error

    def pause(self, seconds: float) -> None:
        self.waited += seconds


@pytest.mark.parametrize("winerror", [5, 32, 33, None])
def test_a_file_that_is_held_for_two_seconds_is_written(folder: VaultFolder, winerror: int | None) -> None:
    VaultFile(folder, random_bytes=os.urandom).write(b"former")
    held = Held(2.0, winerror)
    file = VaultFile(folder, random_bytes=os.urandom, replace=held.replace, pause=held.pause)
    file.write(b"new")
    assert file.read() == b"new"
    assert 2.0 <= held.waited <= HELD_SECONDS + 0.25


def test_a_file_that_is_held_for_good(folder: VaultFolder) -> None:
    VaultFile(folder, random_bytes=os.urandom).write(b"former")
    held = Held(1e9, 32)
    file = VaultFile(folder, random_bytes=os.urandom, replace=held.replace, pause=held.pause)
    with pytest.raises(PermissionError):
        file.write(b"new")
    assert HELD_SECONDS <= held.waited <= HELD_SECONDS + 0.25
    assert file.read() == b"former"
    assert file.leftovers() == []


def test_a_file_that_is_held_for_two_seconds_is_read(
    folder: VaultFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The C library's open() on Windows gives no code of Windows' own."""
    held = Held(2.0, None)
    file = VaultFile(folder, random_bytes=os.urandom, pause=held.pause)
    file.write(b"content")
    real_open = os.open

    def open_when_free(path: Path, flags: int) -> int:
        held.refuse_while_held()
        return real_open(path, flags)

    monkeypatch.setattr(os, "open", open_when_free)
    assert file.read() == b"content"
    assert 2.0 <= held.waited <= HELD_SECONDS + 0.25


def test_another_failure_is_not_waited_for(folder: VaultFolder) -> None:
    held = Held(1e9, 19)
    file = VaultFile(folder, random_bytes=os.urandom, replace=held.replace, pause=held.pause)
    with pytest.raises(PermissionError):
        file.write(b"new")
    assert held.waited == 0
