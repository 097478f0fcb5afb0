"""What a person chose is written on a worker: once, when the hand rests, and at the end."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, current_thread, main_thread
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ingenes_desktop.adapters.preferences import read_preferences, write_preferences
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.controllers.preferences_keeper import END_SECONDS, PreferencesKeeper
from ingenes_desktop.domain.event_log import LOGGER_NAME
from ingenes_desktop.domain.machine import Appearance, Language, MachineKind
from ingenes_desktop.domain.preferences import Area, Preferences, WindowPlace

PLACE = WindowPlace(Area(10, 40, 1000, 680), 30, maximised=False, screen_width=1920, screen_height=1040)
Keep = Callable[..., PreferencesKeeper]


class Disk:
    """Writes to a real file, and notes each time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writes: list[Preferences] = []
        self.on_ui_thread = False
        self.broken = False
        self.hangs_after: int | None = None
        """So many writes."""
        self.may_go_on = Event()
        self.may_go_on.set()

    def write(self, news: Preferences) -> None:
        self.on_ui_thread |= current_thread() is main_thread()
        self.may_go_on.wait(10)
        if self.broken:
            raise OSError
        write_preferences(self.path, news)
        if len(self.writes) + 1 == self.hangs_after:
            self.may_go_on.clear()
        self.writes.append(news)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    disk = Disk(tmp_path / "preferences.toml")
    yield disk
    disk.may_go_on.set()


@pytest.fixture
def keep(disk: Disk, shared_background: Background, qapp: QApplication) -> Keep:
    def make(
        present: Preferences | None = None, machine: MachineKind = MachineKind.PERSONAL
    ) -> PreferencesKeeper:
        return PreferencesKeeper(present or Preferences(), machine, disk.write, shared_background, qapp)

    return make


def test_the_last_word_is_written_once_when_the_hand_rests(keep: Keep, disk: Disk, qtbot: QtBot) -> None:
    keeper = keep()
    for language in (Language.ENGLISH, Language.SPANISH):
        keeper.note_language(language)
    keeper.note_appearance(Appearance.DARK)
    keeper.note_place(PLACE)
    assert disk.writes == []
    qtbot.waitUntil(lambda: bool(disk.writes))
    assert disk.writes == [Preferences(Language.SPANISH, Appearance.DARK, PLACE)]
    assert read_preferences(disk.path) == disk.writes[0]
    assert not disk.on_ui_thread


def test_what_was_kept_before_stays(keep: Keep, disk: Disk, qtbot: QtBot) -> None:
    keeper = keep(Preferences(Language.ENGLISH, None, PLACE))
    keeper.note_appearance(Appearance.CONTRAST)
    keeper.flush()
    qtbot.waitUntil(lambda: bool(disk.writes))
    assert disk.writes == [Preferences(Language.ENGLISH, Appearance.CONTRAST, PLACE)]


def test_what_is_no_news_is_not_written(keep: Keep, disk: Disk) -> None:
    keeper = keep(Preferences(place=PLACE))
    keeper.note_place(PLACE)
    keeper.flush()
    keeper.end()
    assert disk.writes == []
    assert not disk.path.exists()


@pytest.mark.parametrize(
    ("machine", "kept"),
    [(MachineKind.SHARED, [Preferences(place=PLACE)]), (MachineKind.KIOSK, [])],
    ids=["shared", "kiosk"],
)
def test_on_others_machines_no_taste_is_kept(
    keep: Keep, disk: Disk, machine: MachineKind, kept: list[Preferences]
) -> None:
    keeper = keep(machine=machine)
    keeper.note_language(Language.ENGLISH)
    keeper.note_appearance(Appearance.DARK)
    keeper.note_place(PLACE)
    keeper.flush()
    keeper.end()
    assert disk.writes == kept


def test_at_the_end_a_write_under_way_is_waited_for(keep: Keep, disk: Disk) -> None:
    keeper = keep()
    keeper.note_language(Language.ENGLISH)
    keeper.flush()
    keeper.end()
    assert read_preferences(disk.path).language is Language.ENGLISH


def test_a_disk_that_hangs_does_not_hold_up_the_end(keep: Keep, disk: Disk) -> None:
    disk.may_go_on.clear()
    keeper = keep()
    keeper.note_language(Language.ENGLISH)
    keeper.flush()
    began = monotonic()
    keeper.end()
    assert END_SECONDS * 0.9 <= monotonic() - began < END_SECONDS * 4
    assert disk.writes == []


def test_at_the_end_the_last_write_is_waited_for_and_not_the_one_before(
    keep: Keep, disk: Disk, qtbot: QtBot
) -> None:
    keeper = keep()
    disk.may_go_on.clear()
    disk.hangs_after = 1
    keeper.note_language(Language.ENGLISH)
    keeper.flush()
    keeper.note_appearance(Appearance.DARK)
    keeper.flush()
    disk.may_go_on.set()
    qtbot.waitUntil(lambda: len(disk.writes) == 1)
    began = monotonic()
    keeper.end()
    assert monotonic() - began >= END_SECONDS * 0.9


def test_a_disk_that_is_full_troubles_nobody(
    keep: Keep, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    disk.broken = True
    keeper = keep()
    keeper.note_language(Language.ENGLISH)
    with caplog.at_level("INFO", logger=LOGGER_NAME):
        keeper.flush()
        keeper.end()
    assert [line.getMessage() for line in caplog.records] == ["preferences_not_kept error=OSError"]
    disk.broken = False
    keeper.note_language(Language.SPANISH)
    keeper.flush()
    keeper.end()
    assert disk.writes == [Preferences(Language.SPANISH)]
