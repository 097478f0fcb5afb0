"""The real program in a hostile frame: every library's logger at DEBUG, core dumps allowed, bugs on order.

``CANARY_ORDERS`` names a pipe that orders come from, one a line; ``CANARY_DONE`` a file in which stands
what was done, and every path that Python opened for writing.
"""

import gc
import logging
import os
import resource
import sys
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from ingenes_desktop.controllers.background import Background

T = TypeVar("T")
TALKATIVE = (
    "asyncio", "boto3", "boto3.resources", "botocore", "botocore.auth", "botocore.client",
    "botocore.endpoint", "botocore.hooks", "botocore.httpsession", "botocore.parsers", "botocore.regions",
    "botocore.retryhandler", "botocore.utils", "charset_normalizer", "concurrent.futures", "cryptography",
    "filelock", "jeepney", "jwt", "keyring", "keyring.backend", "platformdirs", "pycognito",
    "pycognito.aws_srp", "qasync", "qasync.QEventLoop", "requests", "secretstorage", "segno", "tenacity",
    "truststore", "urllib3", "urllib3.connectionpool", "urllib3.util.retry",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND


def make_everything_talk() -> None:
    """As a developer would have it who looks for a fault."""
    logging.basicConfig(level=logging.DEBUG, format="%(name)s %(message)s %(args)s")
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG)


def allow_core_dumps() -> None:
    """As far as the system lets us; the program itself must forbid them."""
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def watch_writing(done: int) -> None:
    """Note every path that is opened for writing, wherever it is."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | bytes) and arguments[2] & _WRITING:
            os.write(done, b"wrote " + os.path.abspath(os.fsencode(arguments[0])) + b"\n")  # noqa: PTH100  bytes
        elif event == "os.rename":
            os.write(done, b"wrote " + os.path.abspath(os.fsencode(arguments[1])) + b"\n")  # noqa: PTH100  bytes

    sys.addaudithook(hook)


def live_secrets() -> list[str]:
    """Every secret that the program holds at this moment."""
    from ingenes_desktop.domain.secret import Secret  # noqa: PLC0415  not before main() has cleaned up

    return [each.reveal() for each in _all_of(Secret)]


def _all_of(kind: type[T]) -> list[T]:
    # What the program has set aside as lasting is no longer among the collector's objects.
    gc.unfreeze()
    # By its type: isinstance() would ask a weak proxy, which may be dead, and raise.
    return [each for each in gc.get_objects() if issubclass(type(each), kind)]


def stumble() -> None:
    """A bug with all of them in its text, in its cause and in its variables."""
    secrets = live_secrets()
    raise ValueError(f"canary {secrets}") from KeyError(*secrets)


class _Stumbler:
    def __del__(self) -> None:
        stumble()


def on_the_ui_thread(call: Callable[[], None]) -> None:
    """Have Qt call it, as it calls a slot."""
    from PySide6.QtCore import QCoreApplication, QTimer  # noqa: PLC0415  as in live_secrets

    application = QCoreApplication.instance()
    assert application is not None
    QTimer.singleShot(0, application, call)


def obey(order: str) -> None:
    """Stumble where it is asked for."""
    match order:
        case "slot":
            on_the_ui_thread(stumble)
        case "thread":
            Thread(target=stumble, daemon=True).start()
        case "destructor":
            _Stumbler()
        case "libraries":
            for name in TALKATIVE:
                logging.getLogger(name).critical("a library says %s", live_secrets())
        case "event loop":
            on_the_ui_thread(_stumble_in_the_event_loop)
        case "at exit":
            on_the_ui_thread(_stumble_at_exit)
        case "worker":
            on_the_ui_thread(_stumble_in_a_worker)
        case _:
            raise NotImplementedError(order)


def _background() -> "Background":
    from ingenes_desktop.controllers.background import Background  # noqa: PLC0415  as in live_secrets

    (background,) = _all_of(Background)
    return background


def _stumble_in_the_event_loop() -> None:
    _background().post(stumble)


def _stumble_at_exit() -> None:
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415  as in live_secrets

    application = QCoreApplication.instance()
    assert application is not None
    application.aboutToQuit.connect(stumble)
    application.destroyed.connect(stumble)


def _stumble_in_a_worker() -> None:
    from ingenes_desktop.controllers.background import Lane  # noqa: PLC0415  as in live_secrets

    _background().run(Lane.APART, stumble, on_done=lambda _: None, on_failed=lambda _: None)


def take_orders(orders: str, done: int) -> None:
    """Until the last writer has gone."""
    with open(orders, encoding="ascii") as lines:  # noqa: PTH123  a pipe
        for line in lines:
            order = line.strip()
            secrets = len(live_secrets())
            obey(order)
            os.write(done, f"did {order} with {secrets} secrets\n".encode())


def main() -> int:
    """Run the program."""
    make_everything_talk()
    allow_core_dumps()
    done = os.open(os.environ.pop("CANARY_DONE"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    orders = os.environ.pop("CANARY_ORDERS")
    # Where a core would be left.
    os.chdir(os.environ["HOME"])
    Thread(target=take_orders, args=(orders, done), daemon=True).start()
    watch_writing(done)
    from ingenes_desktop.__main__ import main as real_main  # noqa: PLC0415  after all this

    return real_main()


if __name__ == "__main__":
    sys.exit(main())
