"""A remembered place always lies on a screen, and what a machine remembers depends on whose it is."""

import pytest

from ingenes_desktop.domain.machine import Appearance, Language, MachineKind
from ingenes_desktop.domain.preferences import Area, Preferences, WindowPlace, place_on

MAIN = Area(0, 0, 1920, 1040)
LEFT = Area(-1366, 100, 1366, 728)
SMALL = Area(0, 0, 800, 440)


def place(*inside: int, screen: Area = MAIN, maximised: bool = False) -> WindowPlace:
    return WindowPlace(Area(*inside), 30, maximised, screen.width, screen.height)


def put(screens: list[Area], there: WindowPlace) -> tuple[int, int, int, int]:
    inside = place_on(screens, there).inside
    return inside.x, inside.y, inside.width, inside.height


def test_where_it_was_it_is_again() -> None:
    assert put([MAIN], place(200, 100, 1000, 680)) == (200, 100, 1000, 680)
    assert put([MAIN, LEFT], place(-1300, 140, 900, 600, screen=LEFT)) == (-1300, 140, 900, 600)


def test_maximised_stays_maximised() -> None:
    assert place_on([MAIN], place(200, 100, 1000, 680, maximised=True)).maximised
    assert place_on([SMALL], place(200, 100, 1000, 680, maximised=True)).maximised


def test_a_screen_that_is_gone_gives_it_to_the_main_one() -> None:
    # In the middle, below its title bar.
    assert put([MAIN], place(-1300, 140, 900, 600, screen=LEFT)) == (510, 235, 900, 600)


def test_a_screen_of_another_size_has_it_in_the_middle() -> None:
    # As when the scale of the only screen changes.
    assert put([Area(0, 0, 1280, 693)], place(800, 300, 1000, 600)) == (140, 61, 1000, 600)


def test_it_is_never_larger_than_the_screen() -> None:
    assert put([SMALL], place(200, 100, 1000, 680)) == (0, 30, 800, 410)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ((1500, 100, 1000, 680), (920, 100, 1000, 680)),
        ((-400, 100, 1000, 680), (0, 100, 1000, 680)),
        ((200, 900, 1000, 680), (200, 360, 1000, 680)),
        ((200, 5, 1000, 680), (200, 30, 1000, 680)),
    ],
    ids=["right", "left", "below", "title bar above"],
)
def test_what_hangs_over_an_edge_comes_in(
    was: tuple[int, int, int, int], becomes: tuple[int, int, int, int]
) -> None:
    assert put([MAIN], place(*was)) == becomes


@pytest.mark.parametrize("was", [(1890, 100, 1000, 680), (200, 1100, 1000, 680), (5000, 5000, 1000, 680)])
def test_a_title_bar_out_of_reach_counts_as_gone(was: tuple[int, int, int, int]) -> None:
    assert put([MAIN], place(*was)) == (460, 195, 1000, 680)


def test_a_corner_of_the_title_bar_is_no_handle() -> None:
    hanging = place(-2346, 140, 1000, 600, screen=LEFT)
    assert put([MAIN, LEFT], hanging) == (460, 235, 1000, 600)


def test_what_each_kind_of_machine_remembers() -> None:
    everything = Preferences(Language.ENGLISH, Appearance.DARK, place(1, 40, 1000, 680))
    assert everything.kept_on(MachineKind.PERSONAL) == everything
    assert everything.kept_on(MachineKind.SHARED) == Preferences(place=everything.place)
    assert everything.kept_on(MachineKind.KIOSK) == Preferences()
