"""Row 58 of the fault matrix: what nobody foresaw is one sentence with a reference and a line in the log."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from ingenes_desktop.domain.errors import ErrorCode
from tests.adapters.test_contaminations import REPOSITORY
from tests.scripted_cloud import ScriptedCloud
from tests.window import Opener

SENTENCE = re.compile(r"An error of the application\. Contact Support \(([0-9A-Z]{6})\)\.")

if sys.platform == "linux":
    from ingenes_desktop.demo import seeds
    from ingenes_desktop.demo.servers import Cloud
    from tests.atspi.accessible import Role, State
    from tests.atspi.test_program_life import ANA, profile
    from tests.atspi.waiting import wait_until
    from tests.canary_stage import PROGRAM, Player, Stage, stage

    @pytest.fixture(scope="module")
    def the_stage() -> Iterator[Stage]:
        """A desktop for the programs of this file."""
        with stage() as running:
            yield running

    @pytest.fixture
    def player(the_stage: Stage, cloud: Cloud) -> Iterator[Player]:
        """The program, English, at its form; it stumbles on order."""
        environment = {**cloud.environment(), "INGENES_LANGUAGE": "en", "INGENES_LOG_LEVEL": "DEBUG"}
        _log_of(the_stage).unlink(missing_ok=True)
        with the_stage.program(PROGRAM, environment) as playing:
            playing.running.root.find(Role.BUTTON, "Sign in")
            wait_until(lambda: "started" in _log(the_stage), "the log")
            yield playing

    def _log_of(the_stage: Stage) -> Path:
        return the_stage.state_folder / "log" / "ingenes-desktop.log"

    def _log(the_stage: Stage) -> str:
        log = _log_of(the_stage)
        return log.read_text("ascii") if log.exists() else ""

    def _references(player: Player) -> list[str]:
        """Of the sentences that are on screen."""
        names = [one.name() for one in player.running.root.find_all(Role.LABEL)]
        return [match[1] for name in names if (match := SENTENCE.fullmatch(name))]

    def _ends_well(the_stage: Stage, player: Player) -> str:
        """Closed, with nothing on the terminal; the log."""
        process, terminal = player.running.process, player.running.log
        process.terminate()
        assert process.wait(5) == 0, terminal.read_text("utf-8")
        said = terminal.read_text("utf-8").splitlines()
        # Of the bus, before the program's own hooks stand; and what failed after the log had been closed.
        expected = ("qt.accessibility.atspi", "bug error=ValueError location=stumble:")
        assert [line for line in said if not line.startswith(expected)] == []
        log = _log(the_stage)
        assert log.rstrip().endswith("INFO stopped")
        return log

    @pytest.mark.parametrize("place", ["slot", "thread", "event loop"])
    def test_row_58_a_bug_is_one_sentence_and_the_program_goes_on(
        the_stage: Stage, player: Player, place: str
    ) -> None:
        player.order(place)
        (reference,) = wait_until(lambda: _references(player), "the sentence")
        for _ in range(5):
            player.order(place)
        wait_until(lambda: _log(the_stage).count("bug error=ValueError location=stumble:") == 6, "all six")
        assert _references(player) == [reference], "it is said once"
        program, keys = player.running, the_stage.desktop.input
        for role, name, text in (
            (Role.TEXT, "Email", ANA),
            (Role.PASSWORD_TEXT, "Password", seeds.PASSWORD),
        ):
            program.root.find(role, name).click(keys)
            program.root.find(role, name).wait_state(State.FOCUSED)
            keys.type(text)
        keys.press("Return")
        profile(program)
        log = _ends_well(the_stage, player)
        assert log.count("problem code=internal ") == 1
        assert f"reference={reference}" in log

    def test_row_58_a_bug_in_a_destructor_is_a_line_in_the_log(the_stage: Stage, player: Player) -> None:
        player.order("destructor")
        wait_until(lambda: "bug error=ValueError" in _log(the_stage), "the line")
        assert _references(player) == []
        _ends_well(the_stage, player)

    def test_row_58_a_bug_at_exit_does_not_end_it_otherwise(the_stage: Stage, player: Player) -> None:
        player.order("at exit")
        log = _ends_well(the_stage, player)
        assert "bug error=ValueError" in log

    def test_row_58_a_worker_that_never_comes_back_is_left_behind(
        the_stage: Stage, player: Player, cloud: Cloud
    ) -> None:
        """Qt aborts a program whose QThread is destroyed while it runs; ours are Python's, and daemons."""
        cloud.faults.slow("InitiateAuth", 30)
        keys, root = the_stage.desktop.input, player.running.root
        root.find(Role.TEXT, "Email").click(keys)
        keys.type(ANA)
        keys.press("Return")
        root.find(Role.PASSWORD_TEXT, "Password").wait_state(State.FOCUSED)
        keys.type(seeds.PASSWORD)
        keys.press("Return")
        root.find(Role.BUTTON, "Cancel")
        _ends_well(the_stage, player)
        cloud.faults.clear()


def test_row_58_no_thread_is_one_that_qt_would_abort_for() -> None:
    sources = [path.read_text("utf-8") for path in (REPOSITORY / "ingenes_desktop").rglob("*.py")]
    assert len(sources) > 100
    for source in sources:
        assert not re.search(r"QThread\(|QThreadPool|QRunnable|QtConcurrent", source)


def test_row_58_a_bug_in_the_chain_is_its_sentence(open_window: Opener, far: ScriptedCloud) -> None:
    def clock() -> float:
        if far.requests("Find"):
            raise ZeroDivisionError(*far.canaries())
        return monotonic()

    window = open_window(clock=clock)
    window.sign_in()
    problem = window.problem()
    assert problem.code is ErrorCode.INTERNAL
    assert window.sentence == f"Error de la aplicación. Contacte a Soporte ({problem.reference})."
    assert any("bug" in line and "ZeroDivisionError" in line for line in window.log.lines)
    window.assert_invariants()
