"""Writes ``resources/licences``: what the application is made of, and every licence text, each once.

Run by ``dev.py notices`` in .venv. What is read: the locked requirements of the application, the metadata
and the licence files of each distribution (one that another system needs is downloaded, by its locked
hash), ``resources/licences/kept`` (texts that no distribution brings), the fonts' licence and our own.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "packaging" / "requirements" / "app.txt"
LICENCES = ROOT / "resources" / "licences"
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
# How a distribution says it, where that is no SPDX expression (https://spdx.org/licenses/).
SPDX = {
    "Apache License 2.0": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
}
QT = ("kept/Qt.txt", "kept/LGPL-3.0.txt", "kept/GPL-3.0.txt")
# PySide6's wheels carry no licence file, certifi's only names its own; pyobjc-core's carries none either,
# and is one project with the other.
KEPT = {"pyside6-essentials": QT, "shiboken6": QT, "certifi": ("kept/MPL-2.0.txt",)}
FROM_ANOTHER = {"pyobjc-core": "pyobjc-framework-cocoa"}


@dataclass(frozen=True, slots=True)
class Locked:
    """One line of the locked requirements."""

    name: str
    version: str
    lines: str
    """As pip takes it, with its hashes and without the systems that it is for."""


def locked_requirements() -> Iterator[Locked]:
    """What the application is locked to, in the order of the file."""
    text = LOCKED.read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        found = re.match(r"([\w.-]+)==([^\s;]+)", line)
        if found is not None:
            hashes = " ".join(re.findall(r"--hash=\S+", line))
            yield Locked(found[1], found[2], f"{found[0]} {hashes}")


def installed_or_fetched(locked: Locked, folder: Path) -> Distribution:
    """The distribution of exactly that version."""
    try:
        found = distribution(locked.name)
    except PackageNotFoundError:
        return _fetched(locked, folder)
    if found.version != locked.version:
        raise SystemExit(f"{locked.name} {found.version} is installed, locked is {locked.version}.")
    return found


def _fetched(locked: Locked, folder: Path) -> Distribution:
    """For another system: its wheel is looked at as it is, not installed."""
    place = folder / locked.name
    place.mkdir()
    lines = place / "requirements.txt"
    lines.write_text(f"{locked.lines}\n", "utf-8")
    command = [sys.executable, "-I", "-m", "pip", "download", "--quiet", "--no-input", "--no-deps"]
    command += ["--disable-pip-version-check", "--require-hashes", "--only-binary=:all:"]
    command += ["--platform", "macosx_14_0_universal2", "--platform", "win_amd64", "--python-version", "3.11"]
    subprocess.run([*command, "-d", str(place), "-r", str(lines)], check=True)
    (wheel,) = place.glob("*.whl")
    (found,) = distributions(path=[str(wheel)])
    return found


def licence_of(found: Distribution) -> str:
    """Its SPDX expression."""
    data = found.metadata
    short = (data["License"] or "").strip() if "License" in data else ""
    classifiers = [each for each in data.get_all("Classifier") or () if each.startswith("License ::")]
    said = str(data["License-Expression"]) if "License-Expression" in data else short
    if not said or "\n" in said:
        said = next(iter(classifiers), "")
    expression = SPDX.get(said, said)
    if not expression or "::" in expression or len(expression) > 80:  # noqa: PLR2004  a text, not its name
        raise SystemExit(f"{found.name}: which licence is {said[:80]!r}?")
    return expression


def texts_of(found: Distribution) -> Iterator[tuple[str, str]]:
    """Each licence file of a distribution: its name, and what it says."""
    for path in found.files or ():
        if ".dist-info" in path.parts[0] and LICENCE_FILE.search(path.name) and path.suffix != ".json":
            yield path.name, found.read_text("/".join(path.parts[1:])) or ""


class Notices:
    """The list, and the texts that it names."""

    def __init__(self) -> None:
        self.components: list[dict[str, object]] = []
        self.texts: dict[str, str] = {}

    def add(self, name: str, version: str, licence: str, texts: list[str]) -> None:
        """One component; ``texts`` are places in ``resources``."""
        if not texts:
            raise SystemExit(f"{name} brings no licence text.")
        self.components.append({"name": name, "version": version, "licence": licence, "texts": texts})

    def place_of(self, name: str, text: str) -> str:
        """Where ``text`` stands; one that is there already is not written twice."""
        clean = "\n".join(line.rstrip() for line in text.replace("\f", "\n").splitlines()).strip("\n") + "\n"
        for place, known in self.texts.items():
            if known == clean:
                return place
        place = f"texts/{name}.txt"
        self.texts[place] = clean
        return place


def gathered() -> Notices:
    """All that is to be written."""
    notices = Notices()
    own = notices.place_of("ingenes_desktop", (ROOT / "LICENSE").read_text("utf-8"))
    notices.add("ingenes_desktop", "", "LicenseRef-Proprietary", [own])
    notices.add("Python", "", "PSF-2.0", ["kept/Python.txt"])
    font = notices.place_of("Inter", (ROOT / "resources" / "fonts" / "OFL.txt").read_text("utf-8"))
    notices.add("Inter", "", "OFL-1.1", [font])
    with tempfile.TemporaryDirectory() as folder:
        found = {each.name: installed_or_fetched(each, Path(folder)) for each in locked_requirements()}
        for name, each in found.items():
            source = FROM_ANOTHER.get(name, name)
            read = sorted(texts_of(found[source]))
            texts = [notices.place_of(f"{source}-{file.removesuffix('.txt')}", text) for file, text in read]
            texts += KEPT.get(name, ())
            notices.add(each.name, each.version, licence_of(each), list(dict.fromkeys(texts)))
    return notices


def main() -> None:
    """Write them; what is no longer named goes."""
    notices = gathered()
    folder = LICENCES / "texts"
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("*.txt"):
        left.unlink()
    for place, text in notices.texts.items():
        (LICENCES / place).write_text(text, "utf-8", newline="\n")
    listed = json.dumps(notices.components, indent=1, ensure_ascii=False)
    (LICENCES / "notices.json").write_text(f"{listed}\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
