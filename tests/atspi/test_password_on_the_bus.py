"""What a listener on the accessibility bus learns of a password: how long it is, and no more."""

import sys
from collections.abc import Iterable, Iterator

import pytest

from tests.atspi.accessible import Accessible, GoneError, Role, State
from tests.atspi.desktop import Desktop, Program
from tests.atspi.password_window import CLIPBOARD, digest
from tests.atspi.recorder import BusMessage, BusRecorder

WINDOW = [sys.executable, "-m", "tests.atspi.password_window"]
FIELD = "Contraseña"
# ASCII as people type it, and characters that nothing else on the bus can contain.
SECRET = "aB9 Ωжß√"
PASTED = CLIPBOARD.splitlines()[0]
UNICODE_KEYSYMS = 0x01000000


def _characters(key_event: BusMessage) -> set[int]:
    """Return the code points that a report of a key tells, by its text or its keysym."""
    if not key_event.body:
        return set()
    _, keysym, _, _, _, text, _ = key_event.body[0]
    return {keysym & ~UNICODE_KEYSYMS} | {ord(c) for c in text}


def told(messages: Iterable[BusMessage], secret: str) -> list[BusMessage]:
    """Return the messages that contain a character of `secret`.

    Characters of ASCII are looked for where text is told (text changes, keys, replies to readers
    of the text); the others everywhere.
    """
    rare = {c for c in secret if not c.isascii()}
    found = []
    for message in messages:
        if message.member == "TextChanged":
            leak = set(message.body[3][1]) & set(secret)
        elif message.member.startswith("NotifyListeners"):
            leak = {chr(n) for n in _characters(message)} & set(secret)
        else:
            texts = (value for value in message.values() if isinstance(value, str))
            leak = {c for text in texts for c in text} & rare
        if leak:
            found.append(message)
    return found


@pytest.fixture
def program(desktop: Desktop) -> Iterator[Program]:
    """Run the test window."""
    with desktop.program(WINDOW) as running:
        yield running


@pytest.fixture
def field(desktop: Desktop, program: Program) -> Accessible:
    """Give the empty PasswordEdit with the focus."""
    element = program.root.find(Role.PASSWORD_TEXT, FIELD)
    element.click(desktop.input)
    element.wait_state(State.FOCUSED)
    return element


@pytest.fixture(params=["eye closed", "eye open"])
def eye(request: pytest.FixtureRequest, program: Program, field: Accessible) -> str:
    """Have the eye open or closed."""
    if request.param == "eye open":
        program.root.find(Role.BUTTON, "Show password").act()
        program.root.find(Role.BUTTON, "Hide password")
        assert State.FOCUSED in field.states()
    return str(request.param)


def holds(program: Program, text: str) -> None:
    """Check, by a digest alone, that the field has exactly `text`."""
    program.root.find(Role.BUTTON, "Tell").act()
    program.root.find(Role.LABEL, digest(text))


def fill_clipboard(program: Program) -> None:
    """Have the test window fill the clipboard and the selection."""
    program.root.find(Role.BUTTON, "Fill clipboard").act()
    program.root.find(Role.LABEL, "filled")


def test_control_qts_own_password_field_tells_each_character_twice() -> None:
    with Desktop() as desktop, desktop.program([*WINDOW, "plain"]) as plain:
        recorder = desktop.record()
        element = plain.root.find(Role.PASSWORD_TEXT, "Plain")
        element.click(desktop.input)
        element.wait_state(State.FOCUSED)
        desktop.input.type(SECRET)
        element.wait_count(len(SECRET))
        messages = told(recorder.messages(), SECRET)
        inserted = [m.body[3][1] for m in messages if m.member == "TextChanged"]
        assert "".join(inserted) == SECRET
        keys = [m for m in messages if m.member == "NotifyListenersSync"]
        assert {ord(c) for c in SECRET} <= {n for key in keys for n in _characters(key)}


def test_typed_keys_tell_nothing(
    desktop: Desktop, program: Program, recorder: BusRecorder, field: Accessible, eye: str
) -> None:
    desktop.input.type(SECRET)
    field.wait_count(len(SECRET))
    holds(program, SECRET)
    messages = recorder.messages()
    assert told(messages, SECRET) == [], eye
    assert any(m.member == "TextChanged" for m in messages)  # a screen reader still hears a bullet


def test_reading_tells_bullets(desktop: Desktop, recorder: BusRecorder, field: Accessible, eye: str) -> None:
    desktop.input.type(SECRET)
    field.wait_count(len(SECRET))
    shown = field.text()
    assert len(shown) == len(SECRET)
    assert not set(shown) & set(SECRET), eye
    for member, signature, body in (
        ("GetTextAtOffset", "iu", (0, 0)),
        ("GetStringAtOffset", "iu", (0, 3)),
        ("GetTextBeforeOffset", "iu", (3, 1)),
        ("GetTextAfterOffset", "iu", (0, 1)),
        ("GetCharacterAtOffset", "i", (0,)),
        ("GetAttributes", "i", (0,)),
    ):
        reply = field.call("Text", member, signature, body)
        told_text = chr(reply[0]) if member == "GetCharacterAtOffset" else str(reply[0])
        assert not set(told_text) & set("aB9Ωжß√"), member
    with pytest.raises(GoneError):
        field.get("Value", "Text")
    assert told(recorder.messages(), SECRET) == []


def test_dead_keys_tell_nothing(
    desktop: Desktop, program: Program, recorder: BusRecorder, field: Accessible, eye: str
) -> None:
    for letter in "aeiou":
        desktop.input.press("dead_acute")
        desktop.input.type(letter)
    desktop.input.press("dead_tilde")
    desktop.input.type("n")
    field.wait_count(6)
    holds(program, "áéíóúñ")
    messages = recorder.messages()
    assert told(messages, "áéíóúaeiou") == [], eye
    # "ñ" stands in the field's own name, so it is looked for where text is told.
    assert told([m for m in messages if m.member == "TextChanged"], "ñn") == []


@pytest.mark.parametrize("keys", ["Ctrl+v", "Shift+Insert", "middle button"])
def test_pasting_tells_nothing(
    desktop: Desktop,
    program: Program,
    recorder: BusRecorder,
    field: Accessible,
    eye: str,
    keys: str,
) -> None:
    fill_clipboard(program)
    if keys == "middle button":
        field.click(desktop.input, button=2)
    else:
        desktop.input.press(keys)
    field.wait_count(len(PASTED))
    holds(program, PASTED)
    assert told(recorder.messages(), PASTED) == [], eye


def test_editing_tells_nothing(
    desktop: Desktop, program: Program, recorder: BusRecorder, field: Accessible, eye: str
) -> None:
    keys = desktop.input
    keys.type(SECRET)
    field.wait_count(8)
    for _ in range(2):
        keys.press("Left")
    keys.press("Shift+Left")
    keys.type("λ")  # in the place of "ж"
    keys.press("Delete")
    field.wait_count(7)
    holds(program, "aB9 Ωλ√")
    keys.press("BackSpace")
    keys.press("Home")
    keys.press("Delete")
    field.wait_count(5)
    holds(program, "B9 Ω√")
    keys.press("End")
    keys.press("Ctrl+BackSpace")
    field.wait_count(0)
    holds(program, "")
    keys.type(SECRET)
    field.wait_count(8)
    keys.press("Ctrl+a")
    keys.type("ψ")
    field.wait_count(1)
    holds(program, "ψ")
    assert told(recorder.messages(), SECRET + "λψ") == [], eye


@pytest.mark.parametrize("button", ["Wipe", "Take"])
def test_wiping_and_taking_tell_nothing_and_undo_brings_nothing_back(
    desktop: Desktop,
    program: Program,
    recorder: BusRecorder,
    field: Accessible,
    eye: str,
    button: str,
) -> None:
    desktop.input.type(SECRET)
    field.wait_count(len(SECRET))
    program.root.find(Role.BUTTON, button).act()
    field.wait_count(0)
    program.root.find(Role.BUTTON, "Show password").act()
    program.root.find(Role.BUTTON, "Hide password")
    field.focus()
    for _ in range(20):
        desktop.input.press("Ctrl+z")
    desktop.input.press("Ctrl+Shift+z")
    desktop.input.type("x")
    field.wait_count(1)
    holds(program, "x")
    assert told(recorder.messages(), SECRET) == [], eye


def test_it_is_a_password_field_with_its_name_to_a_screen_reader(
    program: Program, field: Accessible, eye: str
) -> None:
    assert field.role() == Role.PASSWORD_TEXT
    assert field.name() == FIELD
    assert {State.EDITABLE, State.FOCUSABLE, State.FOCUSED, State.SENSITIVE} <= field.states()
    assert {"Text", "EditableText", "Action", "Component"} <= field.interfaces()
    assert "SetFocus" in field.actions() or "Set Focus" in field.actions()
    name = "Hide password" if eye == "eye open" else "Show password"
    assert [(e.role(), e.name()) for e in field.children()] == [(Role.BUTTON, name)]
    button = program.root.find(Role.BUTTON, name)
    assert "Press" in button.actions()


def test_what_an_assistive_technology_writes_becomes_the_password(
    program: Program, field: Accessible, eye: str
) -> None:
    field.set_text("Жλ written")
    field.wait_count(10)
    assert set(field.text()) == {"●"}, eye
    holds(program, "Жλ written")
    # A partial change of a text that it cannot read has no meaning: the field is emptied.
    field.call("EditableText", "DeleteText", "ii", (0, 1))
    field.wait_count(0)
    holds(program, "")


def test_keys_keep_their_order_however_fast_they_come(
    desktop: Desktop, program: Program, recorder: BusRecorder
) -> None:
    plain = program.root.find(Role.PASSWORD_TEXT, "Plain")
    field = program.root.find(Role.PASSWORD_TEXT, FIELD)
    plain.click(desktop.input)
    plain.wait_state(State.FOCUSED)
    desktop.input.press("Tab")  # and no wait for the focus, as from a program that types
    desktop.input.type(SECRET)
    desktop.input.press("BackSpace")
    desktop.input.type("λ")
    field.wait_count(len(SECRET))
    holds(program, SECRET[:-1] + "λ")
    assert plain.character_count() == 0
    assert told(recorder.messages(), SECRET + "λ") == []
