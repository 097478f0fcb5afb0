"""What the application is made of: the list is that of the locked requirements, and every text is there."""

import json
import re
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest

from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.help.notices import Component, components, text_of

ROOT = Path(__file__).resolve().parent.parent
LICENCES = resource_path("licences")
OURS = ("ingenes_desktop", "Python", "Inter")
ADVICE = "run: python3 packaging/dev.py notices"
EXPRESSION = r"[A-Za-z0-9.-]+(?: (?:OR|AND) [A-Za-z0-9.-]+)*"


def listed() -> list[dict[str, Any]]:
    components = json.loads((LICENCES / "notices.json").read_text("utf-8"))
    assert isinstance(components, list)
    return components


def canonical(name: str) -> str:
    """As pip compares names."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_it_lists_what_the_application_is_locked_to() -> None:
    text = (ROOT / "packaging" / "requirements" / "app.txt").read_text("utf-8")
    locked = set(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE))
    assert len(locked) > 30
    found = {(canonical(each["name"]), each["version"]) for each in listed() if each["name"] not in OURS}
    assert found == locked, ADVICE


def test_ours_come_first() -> None:
    assert [each["name"] for each in listed()][: len(OURS)] == list(OURS)


@pytest.mark.parametrize("component", components(), ids=lambda component: component.name)
def test_each_has_a_licence_and_its_whole_text(component: Component) -> None:
    assert re.fullmatch(EXPRESSION, component.licence)
    assert component.texts
    text = text_of(component)
    assert len(text) > 300
    for place in component.texts:
        assert LICENCES.joinpath(place).read_text("utf-8").strip() in text


def test_qt_says_where_its_source_is_and_carries_both_licences() -> None:
    (qt,) = [each for each in components() if each.name == "PySide6_Essentials"]
    text = text_of(qt)
    assert "https://download.qt.io/official_releases/qt/" in text
    for heading in ("GNU LESSER GENERAL PUBLIC LICENSE", "GNU GENERAL PUBLIC LICENSE"):
        assert heading in text
    # The licences of the Free Software Foundation are not changed by a letter.
    known = {
        "GPL-3.0.txt": "3972dc9744f6499f0f9b2dbf76696f2ae7ad8af9b23dde66d6af86c9dfb36986",
        "LGPL-3.0.txt": "e3a994d82e644b03a792a930f574002658412f62407f5fee083f2555c5f23118",
    }
    for name, digest in known.items():
        assert sha256((LICENCES / "kept" / name).read_bytes()).hexdigest() == digest


def test_texts_stand_once_and_all_of_them_are_named() -> None:
    files = sorted(path.relative_to(LICENCES).as_posix() for path in LICENCES.rglob("*.txt"))
    assert files == sorted({place for each in listed() for place in each["texts"]}), ADVICE
    contents = [(LICENCES / file).read_bytes() for file in files]
    assert len(set(contents)) == len(contents)
    assert sum(map(len, contents)) < 1_000_000


def test_our_own_and_the_fonts_are_those_of_the_repository() -> None:
    for name, source in {"ingenes_desktop": "LICENSE", "Inter": "resources/fonts/OFL.txt"}.items():
        (component,) = [each for each in components() if each.name == name]
        written = [line.rstrip() for line in (ROOT / source).read_text("utf-8").splitlines()]
        assert text_of(component).splitlines() == "\n".join(written).strip("\n").splitlines(), ADVICE


def is_installed(component: Component) -> bool:
    """Whether it is a distribution, and this system's."""
    try:
        return distribution(component.name).version == component.version
    except PackageNotFoundError:
        return False


@pytest.mark.parametrize(
    "component",
    [each for each in components() if is_installed(each)],
    ids=lambda component: component.name,
)
def test_the_texts_are_those_of_the_installed_distribution(component: Component) -> None:
    installed = distribution(component.name)
    text = text_of(component)
    for path in installed.files or ():
        if re.search(r"licen[cs]e|copying|notice", path.name, re.IGNORECASE) and ".dist-info" in str(path):
            whole = installed.read_text("/".join(path.parts[1:])) or ""
            lines = [line.strip() for line in whole.replace("\f", "\n").splitlines() if line.strip()]
            assert set(lines) <= {line.strip() for line in text.splitlines()}, (path, ADVICE)
