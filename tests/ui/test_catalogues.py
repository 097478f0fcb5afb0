"""The catalogues are fresh and whole, and their words fit the source texts and each other."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from xml.etree import ElementTree as ET

import pytest

from ingenes_desktop.domain.resources import resource_path

ROOT = Path(__file__).parents[2]
CATALOGUES = ("es", "en")
"""English holds only what depends on a number."""
THE_SAME_IN_BOTH = {"Ref. {reference}", "SMS"}
ENDINGS = ".:…?!;)"
TO_A_FRIEND = frozenset(
    (
        "tu",
        "tú",
        "tus",
        "te",
        "ti",
        "contigo",
        "tuyo",
        "tuya",
        "puedes",
        "debes",
        "tienes",
        "quieres",
        "necesitas",
        "olvidaste",
        "eres",
        "estás",
    )
)
ORDERS_TO_A_FRIEND = frozenset(
    (
        "ingresa",
        "escribe",
        "intenta",
        "revisa",
        "elige",
        "contacta",
        "verifica",
        "espera",
        "pide",
        "cierra",
        "abre",
        "usa",
        "prueba",
        "escanea",
        "vuelve",
        "empieza",
        "configura",
        "cambia",
        "confirma",
        "guarda",
        "presiona",
        "selecciona",
        "activa",
        "inicia",
        "busca",
        "corrige",
        "teclea",
    )
)
"""As the first word of a sentence; elsewhere somebody else does it."""
NOT_OF_MEXICO = frozenset(
    (
        "ordenador",
        "ordenadores",
        "móvil",
        "móviles",
        "vosotros",
        "vuestra",
        "vuestro",
        "pulse",
        "pulsar",
        "pinche",
        "fichero",
        "ficheros",
    )
)


@dataclass(frozen=True, slots=True)
class Message:
    """One source text and what a catalogue makes of it: one form, or several that depend on a number."""

    context: str
    source: str
    forms: tuple[str, ...]
    is_finished: bool
    is_numerous: bool

    def __str__(self) -> str:
        return f"{self.context}: {self.source!r} -> {' | '.join(self.forms)}"


def catalogue(name: str) -> Path:
    return resource_path("i18n", f"ingenes_{name}.ts")


def messages(name: str) -> Iterator[Message]:
    for context in ET.parse(catalogue(name)).getroot().iter("context"):  # noqa: S314  our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            yield Message(
                context.findtext("name", ""),
                message.findtext("source", ""),
                tuple(forms),
                translation.get("type") is None,
                message.get("numerus") == "yes",
            )


def all_messages() -> list[Message]:
    return [message for name in CATALOGUES for message in messages(name)]


def finished(*names: str) -> list[tuple[Message, str]]:
    """Every message of these catalogues with each of its forms."""
    return [
        (message, form)
        for name in names
        for message in messages(name)
        if message.is_finished
        for form in message.forms
    ]


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


@pytest.mark.parametrize("name", CATALOGUES)
def test_the_catalogue_holds_what_the_code_says(name: str, tmp_path: Path) -> None:
    rooms = [ROOT / "ingenes_desktop" / room for room in ("diagnosis", "ui")]
    sources = sorted(str(path.relative_to(ROOT)) for room in rooms for path in room.rglob("*.py"))
    fresh = Path(copy(catalogue(name), tmp_path))
    options = ["-silent", "-no-obsolete", "-locations", "none", *(["-pluralonly"] if name == "en" else [])]
    subprocess.run([tool("pyside6-lupdate"), *options, *sources, "-ts", fresh], check=True, cwd=ROOT)
    assert fresh.read_text("utf-8") == catalogue(name).read_text("utf-8"), "python3 packaging/dev.py words"


@pytest.mark.parametrize("name", CATALOGUES)
def test_the_compiled_catalogue_is_this_catalogue(name: str, tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.qm"
    subprocess.run([tool("pyside6-lrelease"), "-silent", catalogue(name), "-qm", fresh], check=True)
    assert fresh.read_bytes() == catalogue(name).with_suffix(".qm").read_bytes(), (
        "python3 packaging/dev.py words"
    )


def test_no_room_outside_the_catalogues_has_words() -> None:
    rooms = {
        path.relative_to(ROOT / "ingenes_desktop").parts[0]
        for path in (ROOT / "ingenes_desktop").rglob("*.py")
        if re.search(r"\btranslate\(\s*\"|\.tr\(", path.read_text("utf-8"))
    }
    assert rooms <= {"diagnosis", "ui"}


def test_nothing_is_unfinished() -> None:
    unfinished = [str(each) for each in all_messages() if not each.is_finished or "" in each.forms]
    assert not unfinished, "\n".join(unfinished)


def test_every_message_has_spanish_words_of_its_own() -> None:
    assert {each.source for each in messages("es") if each.source in each.forms} == THE_SAME_IN_BOTH


def test_every_number_has_a_form_for_one_and_a_form_for_more() -> None:
    for message in all_messages():
        assert message.is_numerous is ("%n" in message.source), message
        assert len(message.forms) == (2 if message.is_numerous else 1), message
        assert len(set(message.forms)) == len(message.forms), message
    english = {each.source for each in messages("en")}
    assert english == {each.source for each in messages("es") if each.is_numerous}


@pytest.mark.parametrize("placeholder", [r"{\w*}", r"%L?(?:n|\d)", "%"])
def test_placeholders_are_the_same_in_all_languages(placeholder: str) -> None:
    for message, form in finished(*CATALOGUES):
        assert sorted(re.findall(placeholder, form)) == sorted(re.findall(placeholder, message.source)), (
            message
        )


def test_a_mnemonic_is_in_all_languages_or_in_none() -> None:
    for message, form in finished(*CATALOGUES):
        assert _mnemonics(form) == _mnemonics(message.source), message
        assert _mnemonics(form) <= 1, message


def _mnemonics(text: str) -> int:
    return len(re.findall(r"&(?=\w)", text.replace("&&", "")))


def test_both_ends_are_alike() -> None:
    for message, form in finished(*CATALOGUES):
        for end in (0, -1):
            assert form[end].isspace() is message.source[end].isspace(), f"a blank: {message}"
        # "%n topic(s)" says that there are two forms.
        ending, expected = (text.rstrip()[-1] for text in (form, message.source.removesuffix("(s)")))
        assert (ending if ending in ENDINGS else "") == (expected if expected in ENDINGS else ""), message
        assert form.count("\n") == message.source.count("\n"), message


def test_what_is_asked_and_what_is_called_out_begins_as_it_ends() -> None:
    for message, form in finished("es"):
        assert form.count("¿") == form.count("?"), message
        assert form.count("¡") == form.count("!"), message


def test_everybody_is_addressed_as_usted() -> None:
    for message, form in finished("es"):
        text = form.casefold()
        assert not TO_A_FRIEND & set(re.findall(r"\w+", text)), message
        assert not ORDERS_TO_A_FRIEND & set(re.findall(r"(?:^|[.;:!?¿¡] ?)(\w+)", text)), message


def test_the_words_are_those_of_mexico() -> None:
    for message, form in finished("es"):
        assert not NOT_OF_MEXICO & set(re.findall(r"\w+", form.casefold())), message
