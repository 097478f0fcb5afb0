"""The file of what the window remembers: what is wrong with it is as if it were not there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingenes_desktop.adapters.preferences import read_preferences, write_preferences
from ingenes_desktop.domain.machine import Appearance, Language
from ingenes_desktop.domain.preferences import Area, Preferences, WindowPlace

PLACE = WindowPlace(Area(-1200, 40, 1000, 680), 37, maximised=True, screen_width=1920, screen_height=1040)
EVERYTHING = Preferences(Language.SPANISH, Appearance.DARK, PLACE)


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "preferences.toml"


@pytest.mark.parametrize(
    "preferences",
    [Preferences(), EVERYTHING, Preferences(appearance=Appearance.CONTRAST), Preferences(place=PLACE)],
)
def test_what_is_written_is_read(path: Path, preferences: Preferences) -> None:
    write_preferences(path, preferences)
    assert read_preferences(path) == preferences
    assert names_in(path.parent) == [path.name]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_it_says_nothing_else(path: Path) -> None:
    write_preferences(path, EVERYTHING)
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert lines == [
        'language = "es"',
        'appearance = "dark"',
        'window = "-1200 40 1000 680 37 maximised 1920 1040"',
    ]


def test_without_a_file_nobody_has_chosen(path: Path) -> None:
    assert read_preferences(path) == Preferences()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        'language = "fr"\nappearance = "pink"',
        'language = "es"\nlanguage = "es"',
        'window = "10 20 1000 680 30 plain 1920"',
        'window = "10 20 1000 680 30 hidden 1920 1080"',
        'window = "10 20 0 680 30 plain 1920 1080"',
        'window = "999999 20 1000 680 30 plain 1920 1080"',
        'window = "10 20 99999 680 30 plain 1920 1080"',
        'window = "١٠ 20 1000 680 30 plain 1920 1080"',
        'window = "10 20 1000 680 30 plain 1920 1080\n',
        "language = 1",
        'language = "es"\n' + "#" * 2000,
        'appearance = "dark"\n' + "#" * 70_000,
    ],
)
def test_what_is_wrong_is_as_if_it_were_not_there(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    assert read_preferences(path) == Preferences()


def test_what_is_right_beside_what_is_wrong_holds(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('language = "en"\nappearance = "pink"\nwindow = "none"\nnews = "later version"\n')
    assert read_preferences(path) == Preferences(language=Language.ENGLISH)


@pytest.mark.skipif(os.name != "posix", reason="pipes and links")
def test_neither_a_pipe_nor_a_folder_nor_bytes_hold_up_the_start(path: Path) -> None:
    path.parent.mkdir()
    os.mkfifo(path)
    assert read_preferences(path) == Preferences()
    path.unlink()
    path.mkdir()
    assert read_preferences(path) == Preferences()
    path.rmdir()
    path.write_bytes(b"\xff\xfe\x00")
    assert read_preferences(path) == Preferences()


def test_a_write_that_fails_keeps_the_old_file(path: Path) -> None:
    write_preferences(path, EVERYTHING)
    old = path.read_bytes()
    path.unlink()
    path.mkdir()
    (path / "in the way").touch()
    with pytest.raises(IsADirectoryError):
        write_preferences(path, Preferences())
    (path / "in the way").unlink()
    path.rmdir()
    assert names_in(path.parent) == []
    path.write_bytes(old)
    assert read_preferences(path) == EVERYTHING


def test_what_killed_writers_left_is_swept_away(path: Path) -> None:
    path.parent.mkdir()
    left = path.parent / ".preferences.0123456789abcdef.tmp"
    left.touch()
    (path.parent / "another's.tmp").touch()
    write_preferences(path, EVERYTHING)
    assert names_in(path.parent) == ["another's.tmp", path.name]


def test_reading_it_loads_nothing_heavy(path: Path) -> None:
    write_preferences(path, EVERYTHING)
    program = (
        "import sys; from pathlib import Path; import ingenes_desktop.adapters.settings;"
        "from ingenes_desktop.adapters.preferences import read_preferences;"
        "assert read_preferences(Path(sys.argv[1])).place is not None;"
        "print(*[name for name in ('tomllib', 'json', 'dataclasses', 'PySide6') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, path], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []
