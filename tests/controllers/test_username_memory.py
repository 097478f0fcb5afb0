"""The remembered name: never in the way, the newest wish wins, and the person is told once."""

import time
from dataclasses import dataclass, field
from threading import Event

from pytestqt.qtbot import QtBot

from ingenes_desktop.adapters.clocks import read_clocks
from ingenes_desktop.application.services import Services
from ingenes_desktop.controllers.auth_controller import AuthController
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.controllers.username_memory import UsernameMemory
from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import Limits, MachineKind, SessionLimits

IMPATIENT = Limits(keyring_at_start=0.2, keyring_on_save=5.0)


@dataclass
class Store:
    """Keeps ports.UsernameStore; a prompt stands until the test answers it."""

    name: str = ""
    answered: Event = field(default_factory=Event)
    failure: AuthError | None = None
    calls: list[str] = field(default_factory=list)

    def load(self) -> str:
        self.calls.append("load")
        self.answered.wait(10)
        if self.failure is not None:
            raise self.failure
        return self.name

    def save(self, username: str) -> None:
        self.calls.append(f"save {username}")
        if self.failure is not None:
            raise self.failure
        self.name = username

    def erase(self) -> None:
        self.calls.append("erase")
        if self.failure is not None:
            raise self.failure
        self.name = ""


def test_a_wish_that_waited_behind_a_prompt_does_not_undo_a_newer_one(
    qtbot: QtBot, shared_background: Background
) -> None:
    store = Store(name="ana")
    memory = UsernameMemory(shared_background, store, IMPATIENT)
    with qtbot.waitSignal(memory.unavailable):
        memory.recall()
        memory.forget()
    memory.keep("luis")
    qtbot.waitUntil(lambda: "save luis" in store.calls)
    store.answered.set()
    memory.keep("luis")
    qtbot.waitUntil(lambda: store.calls.count("save luis") == 2)
    assert "erase" not in store.calls
    assert store.name == "luis"


def test_a_name_that_comes_after_the_box_was_unticked_is_not_given(
    qtbot: QtBot, shared_background: Background
) -> None:
    store = Store(name="ana")
    memory = UsernameMemory(shared_background, store, Limits())
    given: list[str] = []
    memory.recalled.connect(given.append)
    memory.recall()
    memory.forget()
    store.answered.set()
    qtbot.waitUntil(lambda: "erase" in store.calls)
    assert given == []


def test_a_keyring_that_fails_again_is_told_once(qtbot: QtBot, shared_background: Background) -> None:
    store = Store(failure=AuthError(ErrorCode.KEYRING_UNAVAILABLE))
    store.answered.set()
    memory = UsernameMemory(shared_background, store, Limits())
    told: list[object] = []
    memory.unavailable.connect(told.append)
    memory.recall()
    memory.keep("luis")
    qtbot.waitUntil(lambda: len(told) > 0)
    memory.keep("ana")
    qtbot.waitUntil(lambda: "save ana" in store.calls)
    memory.keep(None)
    qtbot.waitUntil(lambda: "erase" in store.calls)
    assert len(told) == 1


def no_services() -> Services:
    raise AuthError(ErrorCode.NO_NETWORK)


def controller_of(background: Background, store: Store) -> AuthController:
    return AuthController(
        initial=SignedOut(),
        services=no_services,
        background=background,
        username_store=store,
        vault=None,
        machine=MachineKind.PERSONAL,
        limits=Limits(),
        session_limits=SessionLimits.of(MachineKind.PERSONAL),
        clock=time.monotonic,
        read_clocks=read_clocks,
        jitter=lambda: 0.0,
        new_reference=lambda: "7K3Q9F",
    )


def test_a_recalled_name_fills_the_form(qtbot: QtBot, shared_background: Background) -> None:
    store = Store(name="ana@clinica.example")
    controller = controller_of(shared_background, store)
    controller.start()
    with qtbot.waitSignal(controller.state_changed):
        store.answered.set()
    assert controller.state == SignedOut("ana@clinica.example", remember=True)


def test_a_name_that_comes_while_somebody_types_is_left_out(
    qtbot: QtBot, shared_background: Background
) -> None:
    store = Store(name="ana@clinica.example")
    controller = controller_of(shared_background, store)
    controller.start()
    controller.note_typing()
    with qtbot.assertNotEmitted(controller.state_changed):
        store.answered.set()
        controller.set_remember(False)
        qtbot.waitUntil(lambda: "erase" in store.calls)
    assert controller.state == SignedOut()
