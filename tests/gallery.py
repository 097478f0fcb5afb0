"""Draws the window in pictures, for eyes, and for the test that compares some of them.

    python -m tests.gallery [folder] [pattern]   every state in each language, and the chosen looks and sizes;
                                                 or all whose name matches ("profile*--es--dark*")
    python -m tests.gallery --sheets [...]       the same, and all of them small on a few sheets
    python -m tests.gallery --accept             write the golden pictures anew (tests/golden)
    python -m tests.gallery --readme             write README's two pictures anew

A name is state--language--scheme, then what is not as usual: --WIDTHxHEIGHT, --personal or --kiosk, --200%.
No screen, no font, no clock and no zone of the machine's is used: Qt's offscreen platform, the font of
resources/fonts alone, a clock that stands still. What is left of the machine is its FreeType, which
draws the letters, and the rounding of its processor's vector instructions (see tests/picture_difference.py).
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from shutil import copy

from tests.pictures import LETTERS, Picture, every_picture, gallery, golden
from tests.ui.states import STATES

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
DEFAULT_FOLDER = ROOT / "gallery"
README = {
    "screenshot.png": Picture("sign-in", "es"),
    "screenshot-dark.png": Picture("sign-in", "es", "dark"),
}
"""The files in resources/brand that README shows."""
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
    <edit name="lcdfilter" mode="assign"><const>lcdnone</const></edit>
  </match>
</fontconfig>
"""


def draw(pictures: Sequence[Picture], folder: Path, *, with_letters: bool = False) -> None:
    """Draw ``pictures`` into ``folder``, each scale in a process of its own, both at once.

    ``with_letters`` adds the picture that tells how this machine draws.

    Raises subprocess.CalledProcessError where one of them fails.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="gallery-") as own:
        fonts = Path(own, "fonts.conf")
        fonts.write_text(_FONTS.format(fonts=ROOT / "resources" / "fonts", cache=own), "utf-8")
        command = [sys.executable, "-m", "tests.photographer", str(folder)]
        under_way = []
        for percent in sorted({picture.percent for picture in pictures}):
            names = "\n".join(picture.name for picture in pictures if picture.percent == percent)
            if with_letters and percent == 100:
                names += f"\n{LETTERS}"
            process = subprocess.Popen(
                command, cwd=ROOT, env=_surroundings(percent, fonts), stdin=subprocess.PIPE, text=True
            )
            assert process.stdin is not None
            process.stdin.write(names)
            process.stdin.close()
            under_way.append(process)
        for process in under_way:
            if process.wait() != 0:
                raise subprocess.CalledProcessError(process.returncode, command)


def _surroundings(percent: int, fonts: Path) -> Mapping[str, str]:
    variables = {
        name: value for name, value in os.environ.items() if not name.startswith(("QT_", "INGENES_"))
    }
    return variables | {
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(percent / 100),
        "FONTCONFIG_FILE": str(fonts),
        "FREETYPE_PROPERTIES": "cff:no-stem-darkening=1",
        "LC_ALL": "C.UTF-8",
        "TZ": "CST6",
    }


def accept() -> None:
    """Write the golden pictures anew, and take away those that are golden no longer."""
    with tempfile.TemporaryDirectory(prefix="gallery-") as folder:
        draw(golden(), Path(folder), with_letters=True)
        GOLDEN.mkdir(exist_ok=True)
        for old in GOLDEN.glob("*.png"):
            old.unlink()
        for new in Path(folder).glob("*.png"):
            copy(new, GOLDEN)


def write_readme() -> None:
    """Write README's two pictures anew."""
    with tempfile.TemporaryDirectory(prefix="gallery-") as folder:
        draw(list(README.values()), Path(folder))
        for file, picture in README.items():
            copy(Path(folder, f"{picture.name}.png"), ROOT / "resources" / "brand" / file)


def chosen(pattern: str | None) -> list[Picture]:
    """The pictures whose name matches; where there is no pattern, those that are made unasked."""
    states = tuple(STATES)
    if pattern is None:
        return gallery(states)
    return [picture for picture in every_picture(states) if fnmatchcase(picture.name, pattern)]


def main(arguments: Sequence[str]) -> int:
    """Do as the command line says; what is returned is the exit status."""
    parser = argparse.ArgumentParser(prog="tests.gallery", description="The window in pictures.")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER)
    parser.add_argument("pattern", nargs="?")
    parser.add_argument("--accept", action="store_true", help="write the golden pictures anew")
    parser.add_argument("--readme", action="store_true", help="write README's two pictures anew")
    parser.add_argument("--sheets", action="store_true", help="all of them small on a few sheets, too")
    options = parser.parse_args(arguments)
    if options.accept:
        accept()
    if options.readme:
        write_readme()
    if options.accept or options.readme:
        return 0
    pictures = chosen(options.pattern)
    draw(pictures, options.folder)
    if options.sheets:
        from tests.contact_sheets import lay_out  # noqa: PLC0415  it needs Qt, which is started elsewhere

        lay_out(options.folder, [picture.name for picture in pictures])
    print(f"{len(pictures)} pictures in {options.folder}")  # noqa: T201  what this program is for
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
