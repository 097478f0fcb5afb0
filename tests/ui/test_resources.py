"""One answer for the repository, a wheel and a frozen bundle."""

import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

from ingenes_desktop.domain import resources
from ingenes_desktop.domain.resources import resource_path

SAY = "from ingenes_desktop.domain.resources import resource_path; print(resource_path('i18n', 'a.qm'))"


def installed_at(folder: Path) -> Path:
    """A copy of the module in a package of its own."""
    package = folder / "ingenes_desktop" / "domain"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package.parent / "__init__.py").touch()
    copy(resources.__file__, package / "resources.py")
    return folder


def answer(folder: Path, before: str = "") -> Path:
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(folder)!r}); {before}{SAY}"],
        check=True,
        capture_output=True,
        text=True,
    )
    return Path(done.stdout.strip())


def test_in_the_repository_they_stand_beside_the_package(tmp_path: Path) -> None:
    folder = installed_at(tmp_path)
    assert answer(folder) == folder / "resources" / "i18n" / "a.qm"


def test_in_a_wheel_they_stand_inside_the_package(tmp_path: Path) -> None:
    folder = installed_at(tmp_path)
    inside = folder / "ingenes_desktop" / "_resources"
    inside.mkdir()
    assert answer(folder) == inside / "i18n" / "a.qm"


def test_in_a_bundle_they_stand_where_it_was_unpacked(tmp_path: Path) -> None:
    folder = installed_at(tmp_path)
    unpacked = tmp_path / "unpacked"
    assert answer(folder, f"sys._MEIPASS = {str(unpacked)!r}; ") == unpacked / "resources" / "i18n" / "a.qm"


@pytest.mark.parametrize(
    "parts",
    [
        ("i18n", "ingenes_es.qm"),
        ("brand", "icon.png"),
        ("fonts", "Inter-Regular.otf"),
        ("fonts", "Inter-SemiBold.otf"),
        ("fonts", "OFL.txt"),
    ],
)
def test_what_the_window_needs_is_there(parts: tuple[str, ...]) -> None:
    assert resource_path(*parts).is_file()
