"""Running scripts: by a call of their own, or with another call.

A call that names scripts runs `script.prerequest`, then does what it is for, then runs
`script.presort`, sorts, and runs `script`. An error in a script is told and does not fail the call; a
script that is not there fails it before anything happens (104). Source: Claris Data API Guide, "Run
a FileMaker script", "Run a script with another request" (the order).

The scripts here give a result and do nothing else, so that sorting belongs to what the call is for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.schema import Script
from ingenes_desktop.demo.filemaker.tables import LiveDatabase

Response = dict[str, object]

_BEFORE = ".prerequest"
_BEFORE_SORT = ".presort"
_AFTER = ""


@dataclass(frozen=True, slots=True)
class _Run:
    script: Script
    parameter: str

    def response(self, step: str) -> Response:
        result = self.script.result + (self.parameter if self.script.returns_parameter else "")
        response: Response = {f"scriptResult{step}": result} if result else {}
        return response | {f"scriptError{step}": str(self.script.error)}


class ScriptCalls:
    """The scripts a call runs. Into `ran` go the names of those that have run, in that order."""

    def __init__(self, database: LiveDatabase, given: Mapping[str, object], ran: list[str]) -> None:
        """Raises FileMakerError 104 for a script the file lacks, 960 for what is no text."""
        self._database = database
        self._ran = ran
        self._runs = {step: _wanted(database, given, step) for step in (_BEFORE, _BEFORE_SORT, _AFTER)}

    def around(self, action: Callable[[], Response]) -> Response:
        """The response of an action with what the scripts before and after it gave. One that raises
        keeps the scripts after it from running."""
        told = self._run(_BEFORE)
        response = action()
        return response | told | self._run(_BEFORE_SORT) | self._run(_AFTER)

    def alone(self, name: str, given: Mapping[str, object]) -> Response:
        """The response of a script that is the call. Raises FileMakerError 104 and 960."""
        run = _Run(_script(self._database, name), _text(given, "script.param"))
        self._ran.append(run.script.name)
        return run.response(_AFTER)

    def _run(self, step: str) -> Response:
        run = self._runs[step]
        if run is None:
            return {}
        self._ran.append(run.script.name)
        return run.response(step)


def _wanted(database: LiveDatabase, given: Mapping[str, object], step: str) -> _Run | None:
    name = _text(given, f"script{step}")
    parameter = _text(given, f"script{step}.param")
    return _Run(_script(database, name), parameter) if name else None


def _script(database: LiveDatabase, name: str) -> Script:
    script = database.script(name)
    if script is None:
        raise FileMakerError(104)
    return script


def _text(given: Mapping[str, object], name: str) -> str:
    value = given.get(name, "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise FileMakerError(960, name)
    return str(value)
