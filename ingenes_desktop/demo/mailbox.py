"""The demo's post: every code that Cognito would send by e-mail."""

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One code on its way. ``sent_at`` is in seconds since 1970; ``purpose`` is "reset"."""

    to: str
    code: str
    sent_at: float
    purpose: str


class Mailbox:
    """All messages since the start, newest last. Thread-safe."""

    def __init__(self) -> None:
        self._messages: list[Message] = []
        self._lock = threading.Lock()

    def deliver(self, message: Message) -> None:
        """Put one more at the end."""
        with self._lock:
            self._messages.append(message)

    @property
    def messages(self) -> tuple[Message, ...]:
        """What has arrived."""
        with self._lock:
            return tuple(self._messages)

    def latest_code(self, to: str) -> str:
        """The newest code for an address, or ""."""
        return next((message.code for message in reversed(self.messages) if message.to == to), "")

    def clear(self) -> None:
        """Empty it."""
        with self._lock:
            self._messages.clear()

    def listing(self) -> list[dict[str, object]]:
        """The messages as JSON objects."""
        return [
            {"to": each.to, "code": each.code, "sent_at": each.sent_at, "purpose": each.purpose}
            for each in self.messages
        ]
