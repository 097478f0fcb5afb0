"""The demo's post: every code that Cognito would send by e-mail or SMS."""

import secrets
import threading
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One code on its way. ``sent_at`` is in seconds since 1970.

    ``purpose`` is "reset", "confirm" (an account), "second-factor" or "first-factor"; ``medium`` "EMAIL" or
    "SMS"; ``destination`` the address as Cognito shows it.
    """

    to: str
    code: str
    sent_at: float
    purpose: str
    medium: str = "EMAIL"

    @property
    def destination(self) -> str:
        """The address or the number, masked."""
        return masked_number(self.to) if self.medium == "SMS" else masked(self.to)


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
        """The newest code for an address or a number, or ""."""
        return next((message.code for message in reversed(self.messages) if message.to == to), "")

    def clear(self) -> None:
        """Empty it."""
        with self._lock:
            self._messages.clear()

    def listing(self) -> list[dict[str, object]]:
        """The messages as JSON objects."""
        return [asdict(each) | {"destination": each.destination} for each in self.messages]


def new_code(digits: int = 6) -> str:
    """So many digits that nobody can guess."""
    return f"{secrets.randbelow(10**digits):0{digits}}"


def masked(address: str) -> str:
    """An address as Cognito shows it: "m***@c***"."""
    name, _, host = address.rpartition("@")
    return f"{(name or host)[:1]}***@{host[:1]}***"


def masked_number(number: str) -> str:
    """A telephone number as Cognito shows it: "+*******0112"."""
    return f"+*******{number[-4:]}"
