"""The table of everything that a far end can answer, and the pages that are made from it.

``what_you_may_see.csv`` has a row for each (operation, code, message): what it means, and the sentence
on the screen, written out in both languages. ``what_it_means.csv`` says it in more words, for the pages.
``python -m tests.what_you_may_see`` writes the pages (``packaging/dev.py pages``), and the same in a form
for the window's own help.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingenes_desktop.domain.resources import resource_path

REFERENCE = "7K3Q9F"
"""Stands in the sentences of the table where a support reference stands on the screen."""
_FOLDER = Path(__file__).parent
_WIDELY = 7
"""What may be said on so many screens is told once, for all of them."""
EVERYWHERE = "anywhere"
ANY = "any"
"""Instead of an operation: every one."""
ANY_OTHER = {"Something new.", "1 validation error detected"}
"""Messages of the table that stand for every one that is not known."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answer of a far end, and what is to be seen of it."""

    screen: str
    operation: str
    code: str
    message: str
    meaning: str
    """An ErrorCode's name, or NOTHING, CODE_SENT, CONFIRMED, RECONNECTING, CONFIRMATION."""
    english: str
    spanish: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a sentence means, and what to do."""

    meaning: str
    english_meaning: str
    english_advice: str
    spanish_meaning: str
    spanish_advice: str


def _records(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


ROWS = tuple(Row(**record) for record in _records("what_you_may_see.csv"))
MEANINGS = {record["meaning"]: Meaning(**record) for record in _records("what_it_means.csv")}

# The screens in the order of a person's way, by the names of the table.
SCREENS = {
    EVERYWHERE: ("On every screen", "En cualquier pantalla"),
    "sign-in": ("Sign in", "Iniciar sesión"),
    "record": ("Finding your record", "Buscando su registro"),
    "question": ("Enter the verification code", "Escriba el código de verificación"),
    "own-question": ("A question of the clinic's own", "Una pregunta propia de la clínica"),
    "new-password": ("Choose a new password", "Elija una contraseña nueva"),
    "set-up": (
        "Set up two-step verification, while signing in",
        "Configure la verificación en dos pasos, al iniciar sesión",
    ),
    "confirmation": ("Verify your email", "Verifique su correo"),
    "reset-email": ("Reset password", "Restablecer contraseña"),
    "reset-code": (
        "Reset password: the code and the new password",
        "Restablecer contraseña: el código y la contraseña nueva",
    ),
    "profile": ("Profile", "Perfil"),
    "change-password": ("Change password", "Cambiar contraseña"),
    "two-step": ("Two-step verification", "Verificación en dos pasos"),
    "session": ("The end of a session", "El fin de una sesión"),
    "sign-out": ("Sign out · Sign out everywhere", "Cerrar sesión · Cerrar sesión en todos los equipos"),
    "computer": ("This computer", "Este equipo"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """The page in one language."""

    file: str
    place: int
    title: str
    introduction: str
    columns: tuple[str, str, str, str]
    nothing: str
    any_other: str


_ENGLISH = """\
Every sentence that the window can show when something is not as it should be: what it means and what to
do. Look for it under the screen you are on; what any screen may show comes first.

Each sentence ends with a reference, such as *Ref. 7K3Q9F*. Give it to Support: it stands in the log too.
An ellipsis (…) stands for what differs from case to case.

The last column is for the IT desk: which call of which service was answered with which code. Where one
code has several meanings, the service's words stand beside it."""
_SPANISH = """\
Todas las frases que la ventana puede mostrar cuando algo no sale bien: qué significan y qué hacer.
Búsquela en la pantalla donde está; lo que puede aparecer en cualquiera va primero.

Cada frase termina con una referencia, por ejemplo *Ref. 7K3Q9F*. Désela a Soporte: también está en el
registro. Los puntos suspensivos (…) están en lugar de lo que cambia en cada caso.

La última columna es para la mesa de ayuda: qué llamada de qué servicio recibió qué código. Donde un
código tiene varios significados, al lado están las palabras del servicio."""
PAGES = (
    Page(
        "what-you-may-see.md",
        0,
        "What you may see",
        _ENGLISH,
        ("The screen says", "It means", "What to do", "For the IT desk"),
        "*(nothing)*",
        "*(any other words)*",
    ),
    Page(
        "lo-que-puede-ver.md",
        1,
        "Lo que puede ver",
        _SPANISH,
        ("La pantalla dice", "Significa", "Qué hacer", "Para la mesa de ayuda"),
        "*(nada)*",
        "*(cualquier otro texto)*",
    ),
)


def pages() -> dict[Path, str]:
    """Each page's place, and what is to stand there."""
    return {resource_path("help", page.file): rendered(page) for page in PAGES}


def rendered(page: Page) -> str:
    """The page as Markdown."""
    blocks = [f"# {page.title}", page.introduction]
    for screen, names in SCREENS.items():
        rows = [row for row in ROWS if _section(row) == screen]
        blocks += [f"## {names[page.place]}", _table(page, rows)]
    return "\n\n".join(blocks) + "\n"


def _section(row: Row) -> str:
    screens = {each.screen for each in ROWS if each.meaning == row.meaning}
    return EVERYWHERE if len(screens) >= _WIDELY else row.screen


def _table(page: Page, rows: list[Row]) -> str:
    lines = [_line(page.columns), _line(("---",) * 4)]
    for name in dict.fromkeys(row.meaning for row in rows):
        alike = [row for row in rows if row.meaning == name]
        meaning = MEANINGS[name]
        words = (
            (meaning.english_meaning, meaning.english_advice)
            if page.place == 0
            else (meaning.spanish_meaning, meaning.spanish_advice)
        )
        said = dict.fromkeys(_as_on_the_page(row, page) for row in alike)
        lines.append(_line(("<br>".join(said), *words, _origins(alike, page))))
    return "\n".join(lines)


def _as_on_the_page(row: Row, page: Page) -> str:
    sentence = (row.english, row.spanish)[page.place]
    if sentence == "—":
        return page.nothing
    return _escaped(sentence.replace(row.code, "…")) if row.meaning == "CONFIGURATION" else _escaped(sentence)


def _origins(rows: Iterable[Row], page: Page) -> str:
    """Who says so: each code, its message where the code alone does not tell, and the operations."""
    operations: dict[str, list[str]] = {}
    for row in rows:
        named = operations.setdefault(f"`{row.code}`{_told_apart_by(row, page)}", [])
        if row.operation not in [*named, ANY]:
            named.append(row.operation)
    lines = (f"{told}: {', '.join(named)}" if named else told for told, named in operations.items())
    return "<br>".join(lines)


def _told_apart_by(row: Row, page: Page) -> str:
    meanings = {each.meaning for each in ROWS if (each.operation, each.code) == (row.operation, row.code)}
    if len(meanings) == 1 or not row.code.endswith("Exception"):
        return ""
    return f" {page.any_other}" if row.message in ANY_OTHER else f" “{_escaped(row.message)}”"


def _escaped(text: str) -> str:
    for mark in "\\`*_|<>[]":
        text = text.replace(mark, f"\\{mark}")
    return text


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


# What differs from case to case in a sentence of the table: a reference, a wait, what a far end named.
_DIFFERS = re.compile(
    rf"{REFERENCE}|\b\d+\b|[\w.]+@[\w.]+|\w\*{{3}}@\w\*{{3}}|settings\.toml|INGENES_\w+|Fuera de horario\.?"
)
_RULES = re.compile(r"(requirements|requisitos):.*")


def entries() -> dict[Path, str]:
    """Each language's file for the window, and what is to stand there: without the IT desk's column."""
    return {
        resource_path("help", "messages-en.json"): _as_json(0),
        resource_path("help", "messages-es.json"): _as_json(1),
    }


def _as_json(place: int) -> str:
    listed = []
    for name in dict.fromkeys(row.meaning for screen in SCREENS for row in ROWS if _section(row) == screen):
        rows = [row for row in ROWS if row.meaning == name and row.english != "—"]
        if not rows:
            continue
        meaning = MEANINGS[name]
        listed.append(
            {
                "code": name,
                "screens": [SCREENS[each][place] for each in SCREENS if each in map(_section, rows)],
                "sentences": list(dict.fromkeys(_as_in_the_window(row, place) for row in rows)),
                "meaning": (meaning.english_meaning, meaning.spanish_meaning)[place],
                "advice": (meaning.english_advice, meaning.spanish_advice)[place],
            }
        )
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def _as_in_the_window(row: Row, place: int) -> str:
    sentence = (row.english, row.spanish)[place]
    if not row.code.islower():  # else it is one of our own words for it, as "clock" is
        sentence = sentence.replace(row.code, "…")
    return _DIFFERS.sub("…", _RULES.sub(r"\1: …", sentence))


def write_pages() -> None:
    """Put every page in its place."""
    for path, text in (pages() | entries()).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_pages()
