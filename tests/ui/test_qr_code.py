"""The key for an authenticator app: a symbol that a camera can read, and a text that a person can type."""

from collections.abc import Callable
from urllib.parse import quote

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ingenes_desktop.adapters import qr_code
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.question import AuthenticatorKey
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import LIGHT, SCHEMES, Size
from ingenes_desktop.ui.widgets.authenticator_set_up import AuthenticatorSetUp
from ingenes_desktop.ui.widgets.qr_code import QrCode
from tests.ui.states import problem
from tests.ui.told import tells

TEXT = "JBSWY3DPEHPK3PXP" * 3 + "ABCD"
SHORT, LONG = "ana@c.example", "guadalupe.hernandez.cruz@clinica-del-norte.example"
VERY_LONG = f"{'guadalupe-' * 6}@{'clinica-del-norte.' * 6}example"
DARK, WHITE = QColor(LIGHT.text).rgb(), QColor(LIGHT.surface).rgb()
SCALES = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)


def symbol_of(account: str) -> str:
    """What the application draws for an account, quiet zone included."""
    address = f"otpauth://totp/Ingenes:{quote(account)}?secret={TEXT}&issuer=Ingenes"
    return qr_code.symbol_of(address).reveal()


def painted(code: QrCode, scale: float, at: QPoint | None = None) -> QImage:
    """What stands on a screen of that scale; beside it, it is red."""
    side = round((code.width() + 20) * scale)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(QColor("red"))
    code.render(image, at or QPoint(3, 7))
    return image


def pixels(image: QImage) -> list[list[int]]:
    """Each as 0xffRRGGBB, line by line."""
    flat = memoryview(image.constBits()).cast("I").tolist()
    across = image.bytesPerLine() // 4
    return [flat[start : start + image.width()] for start in range(0, len(flat), across)]


def is_corner(row: int, column: int, modules: int) -> bool:
    """Of the quiet zone: the ground has round corners."""
    return all(place < 2 or place >= modules - 2 for place in (row, column))


def read(image: QImage, modules: int, quiet: int = 4) -> str:
    """The rows of the symbol, found as a camera does: from its outermost dark pixels inwards."""
    seen = pixels(image)
    dark = [(x, y) for y, line in enumerate(seen) for x, color in enumerate(line) if color == DARK]
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    across = max(x for x, _ in dark) - left + 1
    module, rest = divmod(across, modules - 2 * quiet)
    assert rest == 0
    assert max(y for _, y in dark) - top + 1 == across
    rows = []
    for row in range(modules):
        y = top + (row - quiet) * module
        cells = ""
        for column in range(modules):
            x = left + (column - quiet) * module
            colors = {color for line in seen[y : y + module] for color in line[x : x + module]}
            # Each is of one of the two colours: an edge in between is what a camera stumbles over.
            assert is_corner(row, column, modules) or colors in ({DARK}, {WHITE}), f"{row}, {column}"
            cells += "1" if colors == {DARK} else "0"
        rows.append(cells)
    return "\n".join(rows)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("account", [SHORT, LONG])
def test_what_is_painted_is_the_symbol_sharp_and_dark_on_white(
    account: str, scale: float, scheme: str, theme: Theme, qtbot: QtBot
) -> None:
    theme.wear(SCHEMES[scheme])
    code = QrCode()
    qtbot.addWidget(code)
    symbol = symbol_of(account)
    code.show_symbol(Secret(symbol))
    assert read(painted(code, scale), len(symbol.split())) == symbol


@pytest.mark.parametrize(("account", "large"), [(SHORT, 4), (LONG, 4), (VERY_LONG, 3)])
def test_a_module_is_three_pixels_wide_or_four_where_there_is_room(
    account: str, large: int, qtbot: QtBot
) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    symbol = symbol_of(account)
    code.show_symbol(Secret(symbol))
    for roomy, module in ((False, 3), (True, large), (False, 3)):
        code.make_large(roomy)
        dark = [x for line in pixels(painted(code, 1.0)) for x, color in enumerate(line) if color == DARK]
        assert max(dark) - min(dark) + 1 == module * (len(symbol.split()) - 8)
        assert code.width() == code.height() == module * len(symbol.split())


def test_nothing_is_left_of_a_symbol_that_is_hidden(qtbot: QtBot) -> None:
    code = QrCode()
    qtbot.addWidget(code)
    code.show_symbol(Secret(symbol_of(SHORT)))
    code.show_symbol(None)
    assert not {DARK, WHITE} & {color for line in pixels(painted(code, 1.0)) for color in line}
    assert not [value for value in vars(code).values() if isinstance(value, Secret)]


@pytest.fixture
def set_up(theme: Theme, translation: Translation, qtbot: QtBot) -> Callable[..., AuthenticatorSetUp]:
    _ = theme, translation
    opened: list[AuthenticatorSetUp] = []

    def open_it(*, selectable: bool = True) -> AuthenticatorSetUp:
        widget = AuthenticatorSetUp(selectable=selectable)
        qtbot.addWidget(widget)
        opened.append(widget)  # qtbot's reference is a weak one
        widget.show_key(AuthenticatorKey(Secret(TEXT), Secret(symbol_of(SHORT))))
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return open_it


def key_label(widget: AuthenticatorSetUp) -> QLabel:
    (name,) = [each for each in widget.findChildren(QLabel) if each.text() in ("Key", "Clave")]
    label = name.buddy()
    assert isinstance(label, QLabel)
    return label


Open = Callable[..., AuthenticatorSetUp]


def test_the_key_is_written_in_groups_of_four(set_up: Open) -> None:
    widget = set_up()
    widget.resize(480, widget.sizeHint().height())
    widget.grab()  # lays out
    label = key_label(widget)
    groups = label.text().split(" ")
    assert "".join(groups) == TEXT
    assert {len(group) for group in groups} == {4}
    assert label.heightForWidth(label.width()) <= label.height()
    assert label.accessibleDescription() == "Key"


@pytest.mark.parametrize("selectable", [True, False])
def test_the_key_can_be_copied_but_on_a_kiosk(selectable: bool, set_up: Open) -> None:
    flags = key_label(set_up(selectable=selectable)).textInteractionFlags()
    by_mouse, by_keyboard = (
        Qt.TextInteractionFlag.TextSelectableByMouse,
        Qt.TextInteractionFlag.TextSelectableByKeyboard,
    )
    assert bool(flags & by_mouse) is bool(flags & by_keyboard) is selectable


def test_the_tab_key_leads_to_what_can_be_copied(set_up: Open) -> None:
    widget = set_up()
    label = key_label(widget)
    widget.activateWindow()
    widget.code.setFocus()
    at_rest = label.grab().toImage()
    QTest.keyClick(widget.code, Qt.Key.Key_Backtab)
    assert widget.focusWidget() is label
    frame = label.grab().toImage().pixelColor(label.width() // 2, 0)
    assert frame.name() == LIGHT.accent != at_rest.pixelColor(label.width() // 2, 0).name()
    assert label.height() >= Size.TARGET
    kiosk = key_label(set_up(selectable=False))
    assert kiosk.focusPolicy() is Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize(("width", "beside"), [(500, True), (390, True), (370, False), (280, False)])
@pytest.mark.parametrize("language", Language)
def test_the_key_stands_beside_its_symbol_or_below(
    width: int, beside: bool, language: Language, set_up: Open, translation: Translation
) -> None:
    translation.use(language)
    widget = set_up()
    widget.fit(width, tight=True)
    widget.ensurePolished()
    layout = widget.layout()
    assert layout is not None
    layout.activate()
    widget.resize(width, widget.heightForWidth(width))
    widget.grab()  # lays out
    (symbol,) = widget.findChildren(QrCode)
    label = key_label(widget)
    assert (label.geometry().left() > symbol.geometry().right()) is beside
    assert (label.geometry().top() > symbol.geometry().bottom()) is not beside
    assert symbol.geometry().left() == 0
    assert widget.rect().contains(label.geometry())
    assert label.heightForWidth(label.width()) <= label.height()
    assert widget.code.mapTo(widget, QPoint(widget.code.width(), 0)).x() == width


def test_a_code_is_given_without_blanks_and_dashes_by_enter(set_up: Open, qtbot: QtBot) -> None:
    widget = set_up()
    QTest.keyClicks(widget.code, " 123 4-56 ")
    with qtbot.waitSignal(widget.code_given) as given:
        QTest.keyClick(widget.code, Qt.Key.Key_Return)
    assert given.args == ["123456"]


def test_an_empty_code_is_asked_for(set_up: Open, qtbot: QtBot) -> None:
    widget = set_up()
    QTest.keyClicks(widget.code, " - ")
    with qtbot.assertNotEmitted(widget.code_given), qtbot.waitSignal(widget.warned) as warned:
        QTest.keyClick(widget.code, Qt.Key.Key_Return)
    assert warned.args == ["Enter the code."]
    assert widget.code.accessibleDescription() == "Enter the code."


def test_while_it_is_checked_it_is_given_once(set_up: Open, qtbot: QtBot) -> None:
    widget = set_up()
    QTest.keyClicks(widget.code, "123456")
    widget.set_busy(True)
    QTest.keyClicks(widget.code, "7")
    with qtbot.assertNotEmitted(widget.code_given):
        widget.submit()
    assert widget.code.code() == "123456"


def test_a_refused_code_says_so_until_the_next_attempt(
    set_up: Open, translation: Translation, qtbot: QtBot
) -> None:
    widget = set_up()
    assert not widget.show_problem(problem(ErrorCode.NO_NETWORK))
    assert widget.show_problem(problem(ErrorCode.CODE_MISMATCH))
    assert "Invalid verification code. Ref.\u00a07K3Q9F" in tells(widget, "Invalid")
    translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    widget.retranslate()
    assert tells(widget, "Código de verificación incorrecto.")
    # Neither what is typed nor a cover takes it away.
    QTest.keyClicks(widget.code, "123456")
    assert widget.put_aside() == "123456"
    assert tells(widget, "Código de verificación incorrecto.")
    assert widget.code.property("refused") == "true"
    widget.code.setText("654321")
    with qtbot.waitSignal(widget.code_given):
        widget.submit()
    assert not tells(widget, "incorrecto")
    assert not widget.code.property("refused")
    widget.retranslate()
    assert not tells(widget, "incorrecto", "Escriba el código")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("code", [ErrorCode.CODE_MISMATCH, ErrorCode.CODE_USED_UP, ErrorCode.CODE_EXPIRED])
def test_what_is_wrong_with_a_code_has_room(
    code: ErrorCode, language: Language, set_up: Open, translation: Translation
) -> None:
    translation.use(language)
    widget = set_up()
    widget.resize(408, widget.sizeHint().height())
    widget.show_problem(problem(code))
    (line,) = [each for each in widget.findChildren(QLabel) if "7K3Q9F" in each.text()]
    widget.grab()  # lays out
    assert line.wordWrap()
    assert line.heightForWidth(line.width()) <= line.height()


def test_key_and_code_are_forgotten(set_up: Open) -> None:
    widget = set_up()
    QTest.keyClicks(widget.code, "123456")
    assert tells(widget, "JBSW", "123456")
    widget.forget()
    assert not tells(widget, "JBSW", "123456")
    widget.code.undo()
    assert widget.code.text() == ""
