"""The entry point: ``python -m ingenes_desktop`` and the command ``ingenes-desktop``."""

import gc
import os
import sys

from ingenes_desktop.adapters.environment import scrub_environment


def main() -> int:
    """Run the application; the exit status."""
    # Nothing is garbage before the window stands; app.Start turns the collector on again.
    gc.disable()
    # First of all: nothing of the machine's AWS, proxy, TLS or keyring variables is ever read.
    scrub_environment(os.environ)
    from ingenes_desktop.app import run  # noqa: PLC0415  Qt reads the environment when it is loaded

    return run(sys.argv, os.environ)


if __name__ == "__main__":
    sys.exit(main())
