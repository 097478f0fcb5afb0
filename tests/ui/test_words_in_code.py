"""Every word that a person may read goes through a translator, in a form that lupdate can find."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("ui", "diagnosis")
TRANSLATING = {"translate": 2, "tr": 1}
"""How many of the arguments are words: the context and the source text, or the source text alone."""
SHOWING = frozenset(
    (
        "setText",
        "setToolTip",
        "setAccessibleName",
        "setAccessibleDescription",
        "setPlaceholderText",
        "setWindowTitle",
        "setTitle",
        "setStatusTip",
        "setWhatsThis",
        "addAction",
        "set_label",
        "set_hint",
        "set_name",
        "set_text",
        "set_texts",
        "set_words",
        "set_title",
        "set_names",
        "set_advice",
        "refuse",
        "show_news",
        "drawText",
    )
)
"""Whatever stands in them is seen or heard."""
TWO_WORDS = re.compile(r"[A-Za-zÁÉÍÓÚáéíóúñ]{2,},? [A-Za-zÁÉÍÓÚáéíóúñ]{2,}")
NAMES = frozenset(("Python", "PySide6", "Qt", "Sans Serif"))
"""The same in every language."""


def sources() -> list[Path]:
    rooms = [ROOT / "ingenes_desktop" / room for room in ROOMS]
    return sorted(path for room in rooms for path in room.rglob("*.py"))


def told(path: Path, node: ast.AST, words: str) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}: {words}"


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(value=ast.Name(id=owner), attr="translate") if owner != "QCoreApplication":
            return ""  # a painter moves its origin
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def not_extractable(path: Path, tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in TRANSLATING:
            words = node.args[: TRANSLATING[called(node)]]
            if len(words) < TRANSLATING[called(node)] or not all(is_text(each) for each in words):
                yield told(path, node, f"{ast.unparse(node)}: lupdate finds texts in quotation marks alone")


def untranslated(path: Path, tree: ast.AST) -> Iterator[str]:
    """Letters that are handed to something that shows them."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        shows = called(node) in SHOWING or (
            called(node) == "emit" and ast.unparse(node.func).endswith(("announced.emit", "warned.emit"))
        )
        for argument in node.args if shows else ():
            for part in _shown_parts(argument):
                if part.strip(" ·") not in NAMES and re.search(r"[^\W\d_]{2,}", part):
                    yield told(path, node, f"{part!r} is shown, and no translator sees it")


def _shown_parts(node: ast.expr) -> Iterator[str]:
    """The texts of an expression as it is shown, but not those within a call: that gives something else."""
    if is_text(node):
        assert isinstance(node, ast.Constant)
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        for part in node.values:
            if isinstance(part, ast.Constant):
                yield str(part.value)
    elif isinstance(node, ast.BinOp):
        yield from _shown_parts(node.left)
        yield from _shown_parts(node.right)
    elif isinstance(node, ast.IfExp):
        yield from _shown_parts(node.body)
        yield from _shown_parts(node.orelse)
    elif isinstance(node, ast.List | ast.Tuple):
        for each in node.elts:
            yield from _shown_parts(each)


def sentences(path: Path, tree: ast.AST) -> Iterator[str]:
    """Several words in a row that neither are a docstring nor go to a translator."""
    known: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as constant):  # a docstring, of whatever stands before it
                known.add(id(constant))
            case ast.Call() if called(node) in TRANSLATING | {"setStyleSheet": 1}:
                known |= {id(each) for argument in node.args for each in ast.walk(argument)}
            case ast.Raise() | ast.Assert():
                known |= {id(each) for each in ast.walk(node)}
            case ast.AnnAssign(annotation=annotation) | ast.arg(annotation=ast.expr() as annotation):
                known |= {id(each) for each in ast.walk(annotation)}
            case _:
                pass
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in known:
            continue
        if TWO_WORDS.search(node.value) and node.value not in NAMES:
            yield told(path, node, f"{node.value!r} looks like words")


def test_lupdate_can_find_every_word() -> None:
    faults = [
        fault for path in sources() for fault in not_extractable(path, ast.parse(path.read_text("utf-8")))
    ]
    assert not faults, "\n".join(faults)


def test_what_is_shown_goes_through_a_translator() -> None:
    faults = [fault for path in sources() for fault in untranslated(path, ast.parse(path.read_text("utf-8")))]
    assert not faults, "\n".join(faults)


def test_no_sentence_stands_outside_a_translator() -> None:
    faults = [
        fault
        for path in sources()
        if path.name != "style_sheet.py"
        for fault in sentences(path, ast.parse(path.read_text("utf-8")))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("self.tr(words)", 1),
        ('translate("View", f"Sign in {name}")', 1),
        ('translate(context, "Sign in")', 1),
        ('translate("View", "Sign in")', 0),
        ('self.tr("Sign" " in")', 0),
    ],
)
def test_a_word_that_lupdate_cannot_find_is_found_here(code: str, found: int) -> None:
    assert len(list(not_extractable(ROOT / "x.py", ast.parse(code)))) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('label.setText("Sign in")', 1),
        ('label.setText(f"Ends at {time}")', 1),
        ('button.set_name("Help" if open else "")', 1),
        ('self.warned.emit(name + " is missing")', 1),
        ('label.setText(self.tr("Sign in"))', 0),
        ('label.setText(f"{kind} · {version}")', 0),
        ('signal.emit("code")', 0),
    ],
)
def test_a_word_that_is_shown_untranslated_is_found_here(code: str, found: int) -> None:
    assert len(list(untranslated(ROOT / "x.py", ast.parse(code)))) == found
