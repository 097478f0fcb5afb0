"""One call in AWS' JSON protocol, as a rule reads it, and the errors a rule answers with.

https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

JsonObject = dict[str, object]
LONGEST_HEADER = 1000


class AwsError(Exception):
    """A refusal. ``code`` travels as ``__type``, ``message`` is the service's own English text."""

    def __init__(self, code: str, message: str, *, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.status = status


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request whose body has been read. Header names are in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. Content-Length, Date and the request id are added by the server."""

    status: int
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """The operation a call asks for, and its parameters."""

    service: str
    operation: str
    parameters: Mapping[str, object]
    call: Call

    def text(self, name: str) -> str:
        """A parameter that must be there. Raises AwsError InvalidParameterException when it is not."""
        return required_text(self.parameters, name)

    def optional_text(self, name: str) -> str:
        """A parameter, or "" where it is absent or no text."""
        value = self.parameters.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> Mapping[str, str]:
        """A map of texts, such as AuthParameters or Logins. Anything else in it is left out."""
        value = self.parameters.get(name)
        if not isinstance(value, dict):
            return {}
        return {key: text for key, text in value.items() if isinstance(text, str)}


def required_text(parameters: Mapping[str, object], name: str) -> str:
    """The named text. Raises AwsError InvalidParameterException when it is absent or empty."""
    value = parameters.get(name)
    if isinstance(value, str) and value:
        return value
    raise AwsError("InvalidParameterException", f"Missing required parameter {name}")


def error_answer(error: AwsError) -> Answer:
    """The HTTP form that botocore expects of an error in AWS' JSON protocol."""
    body = json.dumps({"__type": error.code, "message": error.message}).encode()
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "x-amzn-ErrorType": f"{error.code}:",
        "x-amzn-ErrorMessage": _plain(error.message),
    }
    return Answer(error.status, body, headers)


def _plain(message: str) -> str:
    """A message may repeat what the call said: in a header a line's end would begin another one."""
    return "".join(
        sign if sign.isascii() and sign.isprintable() else "?" for sign in message[:LONGEST_HEADER]
    )


Rule = Callable[[Request], Mapping[str, object]]
"""What answers one operation: its result as JSON, or an AwsError."""
