"""What a test or a bench can switch on at the AWS side while it runs."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ingenes_desktop.demo.aws_fault_kinds import AwsDown, AwsFault, AwsRefusal, AwsSlow, AwsSwitch
from ingenes_desktop.demo.aws_request import Answer, AwsError, error_answer

_DOWN = Answer(
    503,
    b"<html><head><title>503 Service Unavailable</title></head><body>Service Unavailable</body></html>",
    {"Content-Type": "text/html"},
)


@dataclass(slots=True)
class _Scripted:
    answer: Answer
    times: int


@dataclass(slots=True, eq=False)
class _Live:
    switch: AwsSwitch
    remaining: int | None
    released: threading.Event = field(default_factory=threading.Event)


@dataclass(slots=True)
class AwsFaults:
    """Faults by the operation's name ("InitiateAuth", "GetSecretValue", ...; the key set is "jwks").

    Thread-safe. ``delay_seconds`` applies to every answer; it is no fault, and nothing takes it back.
    What a test scripts goes before what is switched on.
    """

    delay_seconds: float = 0.0
    _slow: dict[str, float] = field(default_factory=dict)
    _scripted: dict[str, list[_Scripted]] = field(default_factory=dict)
    _live: list[_Live] = field(default_factory=list)
    _held: list[_Live] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _cleared: threading.Event = field(default_factory=threading.Event)
    _ended: threading.Event = field(default_factory=threading.Event)

    def slow(self, operation: str, seconds: float) -> None:
        """Hold every answer to ``operation`` for ``seconds``; 0 takes it back."""
        with self._lock:
            self._slow[operation] = seconds

    def answer(
        self,
        operation: str,
        *,
        status: int = 200,
        body: bytes | Mapping[str, object] = b"",
        headers: Mapping[str, str] | None = None,
        times: int = 1,
    ) -> None:
        """Answer the next ``times`` calls of ``operation`` with this instead of asking the cloud.

        A mapping is sent as JSON; bytes go out as they are (HTML, half an object, nothing).
        """
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = Answer(status, raw, headers or {"Content-Type": "application/x-amz-json-1.1"})
        with self._lock:
            self._scripted.setdefault(operation, []).append(_Scripted(sent, times))

    def refuse(
        self, operation: str, code: str, message: str = "", *, status: int = 400, times: int = 1
    ) -> None:
        """Answer the next ``times`` calls of ``operation`` with an AWS error."""
        refusal = error_answer(AwsError(code, message, status=status))
        self.answer(operation, status=refusal.status, body=refusal.body, headers=refusal.headers, times=times)

    def apply(self, switch: AwsSwitch) -> None:
        """Switch a fault on, in the place of one of the same kind for the same operation; answers that
        one holds back go out."""
        with self._lock:
            self._remove(switch.replaces)
            self._live.append(_Live(switch, switch.count))

    def switch_off(self, kind: type[AwsFault]) -> None:
        """Switch off all faults of a kind; none is as well. Answers that are held back go out."""
        with self._lock:
            self._remove(lambda switch: type(switch.fault) is kind)

    @property
    def switches(self) -> tuple[AwsSwitch, ...]:
        """What is switched on, with the counts that are left; what a test has scripted is not."""
        with self._lock:
            return tuple(AwsSwitch(live.switch.fault, live.remaining) for live in self._live)

    def clear(self) -> None:
        """Take every fault back. Answers that are held back go out."""
        with self._lock:
            self._slow.clear()
            self._scripted.clear()
            self._cleared.set()
            self._cleared = threading.Event()
            self._remove(lambda _: True)

    def let_go(self) -> None:
        """Take every fault back, and hold no answer from now on: the server stops."""
        self._ended.set()
        self.clear()

    def wait(self, operation: str) -> None:
        """Let the delays of this operation pass (the caller's thread waits)."""
        self._ended.wait(self.delay_seconds)
        with self._lock:
            seconds, cleared = self._slow.get(operation, 0.0), self._cleared
            live = self._happening(operation, AwsSlow)
            if live is not None:
                self._held.append(live)
        cleared.wait(seconds)
        if live is not None and isinstance(live.switch.fault, AwsSlow):
            live.released.wait(live.switch.fault.seconds)
            with self._lock:
                self._held.remove(live)

    def take(self, operation: str) -> Answer | None:
        """The answer that is due in the place of the cloud's own, if any."""
        with self._lock:
            waiting = self._scripted.get(operation, [])
            if waiting:
                waiting[0].times -= 1
                return waiting.pop(0).answer if waiting[0].times <= 0 else waiting[0].answer
            live = self._happening(operation, AwsRefusal, AwsDown)
            match live and live.switch.fault:
                case AwsRefusal(code, _, message, status):
                    return error_answer(AwsError(code, message, status=status))
                case AwsDown():
                    return _DOWN
                case _:
                    return None

    def _happening(self, operation: str, *kinds: type[AwsFault]) -> _Live | None:
        """The first fault of those kinds that concerns the call, counted as having happened."""
        for live in self._live:
            if isinstance(live.switch.fault, kinds) and live.switch.concerns(operation):
                if live.remaining is not None:
                    live.remaining -= 1
                    if not live.remaining:
                        self._live.remove(live)
                return live
        return None

    def _remove(self, which: Callable[[AwsSwitch], bool]) -> None:
        for live in (*self._live, *self._held):
            if which(live.switch):
                live.released.set()
        self._live = [live for live in self._live if not live.released.is_set()]


class AwsJournal:
    """The operations that were asked for, in order, without their parameters. Thread-safe."""

    def __init__(self) -> None:
        self._operations: list[str] = []
        self._changed = threading.Condition()

    def note(self, operation: str) -> None:
        """One more call."""
        with self._changed:
            self._operations.append(operation)
            self._changed.notify_all()

    def wait_until(self, holds: Callable[[tuple[str, ...]], bool], seconds: float) -> bool:
        """Whether `holds` comes to be true of the operations within so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: holds(tuple(self._operations)), seconds)

    @property
    def operations(self) -> tuple[str, ...]:
        """All operations since the start or the last `clear`."""
        with self._changed:
            return tuple(self._operations)

    def clear(self) -> None:
        """Forget them."""
        with self._changed:
            self._operations.clear()
