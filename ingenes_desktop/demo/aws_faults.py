"""What a test or a bench can switch on at the AWS side while it runs."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ingenes_desktop.demo.aws_request import Answer, AwsError, error_answer


@dataclass(slots=True)
class _Scripted:
    answer: Answer
    times: int


@dataclass(slots=True)
class AwsFaults:
    """Faults by the operation's name ("InitiateAuth", "GetSecretValue", ...; the key set is "jwks").

    Thread-safe. ``delay_seconds`` applies to every answer.
    """

    delay_seconds: float = 0.0
    _slow: dict[str, float] = field(default_factory=dict)
    _scripted: dict[str, list[_Scripted]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _released: threading.Event = field(default_factory=threading.Event)

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

    def clear(self) -> None:
        """Take every fault back, also a delay that an answer is waiting out."""
        with self._lock:
            self.delay_seconds = 0.0
            self._slow.clear()
            self._scripted.clear()
            self._released.set()
            self._released = threading.Event()

    def wait(self, operation: str) -> None:
        """Let the delays of this operation pass (the caller's thread waits)."""
        with self._lock:
            seconds = self.delay_seconds + self._slow.get(operation, 0.0)
            released = self._released
        if seconds > 0:
            released.wait(seconds)

    def take(self, operation: str) -> Answer | None:
        """The scripted answer that is due, if any."""
        with self._lock:
            waiting = self._scripted.get(operation, [])
            if not waiting:
                return None
            waiting[0].times -= 1
            return waiting.pop(0).answer if waiting[0].times <= 0 else waiting[0].answer


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
