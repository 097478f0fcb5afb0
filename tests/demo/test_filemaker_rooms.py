"""The FileMaker server's package says truly which rooms it has."""

import re
from pathlib import Path

from ingenes_desktop.demo import filemaker


def test_the_package_names_each_of_its_rooms() -> None:
    rooms = {each.stem for folder in filemaker.__path__ for each in Path(folder).glob("*.py")} - {"__init__"}
    named = {name.partition(".")[0] for name in re.findall(r"`([a-z_]+(?:\.\w+)?)`", filemaker.__doc__ or "")}
    assert rooms == named
