"""The entry point: ``python -m ingenes_desktop``, ``ingenes-desktop`` and ``ingenes-desktop-check``."""

import gc
import os
import sys

from ingenes_desktop.adapters.environment import is_frozen, scrub_environment

INTERRUPTED = 130
SUCCESSOR = "--successor"
"""The first argument of the fresh process that a kiosk gives way to; nobody else needs it."""


def main() -> int:
    """Run the application, or the check; the exit status."""
    # Nothing is garbage before the window stands; app.Start turns the collector on again.
    gc.disable()
    # First of all: nothing of the machine's AWS, proxy, TLS or keyring variables is ever read.
    dropped = scrub_environment(os.environ)
    follows = sys.argv[1:2] == [SUCCESSOR]
    if follows:
        del sys.argv[1]
    # A window without arguments is spared the parser.
    if len(sys.argv) > 1:
        try:
            status = _command(dropped)
        except KeyboardInterrupt:
            status = INTERRUPTED
        if status is not None:
            return _leave(status)
    from ingenes_desktop.app import run  # noqa: PLC0415  Qt reads the environment when it is loaded

    return _leave(run(sys.argv, os.environ, successor=_successor(), follows=follows, guard=_refuse_dumps))


def check() -> int:
    """``ingenes-desktop-check``: the check in a program that has a console on Windows too."""
    sys.argv.insert(1, "--check")
    return main()


def _command(dropped: tuple[str, ...]) -> int | None:
    """Do what the options ask for; None where the window is to open."""
    from ingenes_desktop.command_line import parse  # noqa: PLC0415  the window does without

    _provide_streams()
    options = parse(sys.argv[1:])
    if options is None:
        return None
    # The check may ask for a password, too.
    _refuse_dumps()
    import signal  # noqa: PLC0415  likewise

    gc.enable()
    # An exception in the middle of Qt's own import, which is C++ in part, aborts Python.
    can_interrupt = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # nohup's cannot
    if can_interrupt:
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from ingenes_desktop.diagnosis.command import run  # noqa: PLC0415  likewise
    from ingenes_desktop.diagnosis.surroundings import Surroundings  # noqa: PLC0415  likewise

    if can_interrupt:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return run(
        Surroundings.of_this_computer(os.environ, dropped),
        as_json=options.as_json,
        output=options.output,
        sign_in=options.sign_in,
    )


def _successor() -> tuple[str, ...]:
    """The command that starts this program once more, in the way it was started, with the same options."""
    options = sys.argv[1:]
    begun: list[str] = []
    if not is_frozen():
        # Not always "-m": that looks for the program in the present folder, whoever may write there.
        begun = sys.orig_argv[1 : len(sys.orig_argv) - len(options)]
        if begun[-1:] == [SUCCESSOR]:
            begun.pop()
    return (sys.executable, *begun, SUCCESSOR, *options)


def _refuse_dumps() -> tuple[str, ...]:
    from ingenes_desktop.adapters.process_hardening import refuse_dumps  # noqa: PLC0415  --version does without

    return refuse_dumps()


def _leave(status: int) -> int:
    from ingenes_desktop.adapters.left_behind import leave  # noqa: PLC0415  nothing before the first paint

    return leave(status)


def _provide_streams() -> None:
    """Windows starts a program without a console without streams, and argparse writes to them."""
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  open as long as the process
    if sys.stderr is None:
        sys.stderr = sys.stdout


if __name__ == "__main__":
    sys.exit(main())
