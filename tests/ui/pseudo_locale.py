"""A language that nobody speaks: every word of ours accented, and 180 % as long, as a translation may be.

As Android's "en-XA" (https://developer.android.com/guide/topics/resources/pseudolocales): accents show what
was never handed to a translator, brackets show what is cut off, and the length is what a short English
text may grow to in another language (https://www.w3.org/International/articles/article-text-size).
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

from PySide6.QtCore import QCoreApplication, QTranslator

from ingenes_desktop.domain.resources import resource_path

LONGER = 1.8
# What stays as it is: a name in braces, "%n" and the like, and a mnemonic with its letter.
_KEPT = re.compile(r"(\{\w*\}|%\d|%n|&&|&\w)")
# How a date is put together, in the letters of QLocale.toString.
_DATE = re.compile(r"[dMyHhms ,.:/]+")
_ACCENTED = str.maketrans("aceinouyACEINOUYsSgGlLtT", "áçéíñóúýÁÇÉÍÑÓÚÝšŠğĞłŁţŢ")
_MORE = ("óñé", "ţwó", "ţhréé", "ƒóúr", "ƒívé", "šíx", "šévéñ", "éíğhţ", "ñíñé", "ţéñ")


def stretched(text: str) -> str:
    """``text`` in the language that nobody speaks; "[" and "]" stand where it begins and ends.

    It grows by whole words, as a sentence does; what a far end puts in for ``{name}`` is not counted.
    """
    plain = _KEPT.sub("", text)
    wanted = round(len(plain) * LONGER)
    words: list[str] = []
    length = len(plain) + 2
    while length < wanted:
        word = _MORE[len(words) % len(_MORE)][: max(1, wanted - length - 1)]
        words.append(word)
        length += len(word) + 1
    parts = [part if _KEPT.fullmatch(part) else part.translate(_ACCENTED) for part in _KEPT.split(text)]
    return "[" + " ".join(["".join(parts), *words]) + "]"


@cache
def _folder() -> TemporaryDirectory[str]:
    """For as long as this process lives."""
    return TemporaryDirectory(prefix="pseudo-")


@cache
def _catalogue() -> Path:
    """The Spanish catalogue's source texts, stretched, as lrelease compiles them."""
    tree = ET.parse(resource_path("i18n", "ingenes_es.ts"))  # noqa: S314  our own file
    for message in tree.getroot().iter("message"):
        source = message.findtext("source", "")
        translation = message.find("translation")
        assert translation is not None
        translation.attrib.pop("type", None)
        # By the language's name in itself the window knows which of its languages it speaks.
        words = source if source == "English" or _DATE.fullmatch(source) else stretched(source)
        forms = list(translation.iter("numerusform"))
        for form in forms or [translation]:
            form.text = words
    source_file, compiled = (Path(_folder().name, f"pseudo.{ending}") for ending in ("ts", "qm"))
    tree.write(source_file, "utf-8")
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([tool, "-silent", source_file, "-qm", compiled], check=True)
    return compiled


@contextmanager
def pseudo_locale(application: QCoreApplication) -> Iterator[None]:
    """The application speaks it for so long; its language should be English meanwhile."""
    translator = QTranslator(application)
    assert translator.load(str(_catalogue()))
    application.installTranslator(translator)
    try:
        yield
    finally:
        application.removeTranslator(translator)
