"""The demo: ``python -m ingenes_desktop.demo`` and the command ``ingenes-desktop-demo``.

Starts the demo cloud as a child and opens the application against it, or with ``--servers-only`` serves the
cloud alone.
"""

import os
import sys
from collections.abc import Mapping, Sequence

from ingenes_desktop.demo import cloud
from ingenes_desktop.demo.options import read_options
from ingenes_desktop.demo.process import CloudDescription, CloudProcess, CloudProcessError
from ingenes_desktop.domain.machine import MachineKind

KEPT_VARIABLES = ("INGENES_LANGUAGE", "INGENES_LOG_LEVEL")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demo until its window closes. Returns the exit status: 2 where it could not start."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = read_options(given)
    if options.servers_only:
        return cloud.serve(options)
    if options.tls:
        cloud.complain(
            "The demo's window does not open with --tls, because the application trusts this computer's own "
            "certificates only: add --servers-only."
        )
        return cloud.COULD_NOT_START
    child = CloudProcess(given)
    machine = MachineKind(options.machine)
    try:
        description = child.start()
        if machine is MachineKind.KIOSK:
            return _serve_windows(description, options.session, touch=options.touch)
        return _open_window(description, machine, options.session, touch=options.touch)
    except CloudProcessError as error:
        if error.exit_status is None:
            cloud.complain("The demo cloud did not answer in time.")
        return cloud.COULD_NOT_START
    except KeyboardInterrupt:  # before the window stands, which ends by itself then
        return cloud.COULD_NOT_START
    finally:
        child.stop()


def _serve_windows(description: CloudDescription, session: Mapping[str, object], *, touch: bool) -> int:
    from ingenes_desktop.demo.kiosk import serve_windows  # noqa: PLC0415  most demos do without

    return 0 if serve_windows(description, session, touch=touch) == 0 else cloud.COULD_NOT_START


def _open_window(
    description: CloudDescription, machine: MachineKind, session: Mapping[str, object], *, touch: bool
) -> int:
    from ingenes_desktop.adapters.environment import scrub_environment  # noqa: PLC0415  after the child's start

    scrub_environment(os.environ)
    from PySide6.QtWidgets import QMainWindow  # noqa: PLC0415  Qt reads the environment when it is loaded

    from ingenes_desktop.app import run  # noqa: PLC0415  likewise
    from ingenes_desktop.demo.rehearsed_policy import RehearsedPolicy  # noqa: PLC0415  likewise
    from ingenes_desktop.demo.screen_keyboard import DemoScreenKeyboard  # noqa: PLC0415  likewise
    from ingenes_desktop.demo.window import add_demo  # noqa: PLC0415  likewise

    environment = demo_environment(os.environ, description)
    policy = None
    if machine is not MachineKind.PERSONAL or session or touch:
        policy = RehearsedPolicy(description, machine, session, touch=touch)
    elif not points_at_the_demo(environment, description):
        cloud.complain("The demo cannot run here: this machine's policy says where people sign in.")
        return cloud.COULD_NOT_START
    keyboard = DemoScreenKeyboard() if touch else None

    def prepare(window: QMainWindow) -> None:
        add_demo(window, description)
        if keyboard is not None:
            keyboard.serve(window)

    return run(sys.argv[:1], environment, on_window=prepare, policy=policy, screen_keyboard=keyboard)


def demo_environment(environment: Mapping[str, str], description: CloudDescription) -> dict[str, str]:
    """The variables the application is to see: the machine's, but of the INGENES_* ones the cloud's.

    The person's own client secret, say, belongs to another client.
    """
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith("INGENES_") or name in KEPT_VARIABLES
    }
    return kept | dict(description.environment)


def points_at_the_demo(environment: Mapping[str, str], description: CloudDescription) -> bool:
    """Whether the application would really sign in at the demo.

    A clinic's policy goes before the environment; a made-up password must not reach the real pool, nor a
    real one be typed into what looks like a demo.
    """
    from ingenes_desktop.adapters.settings import load_settings_of_this_machine  # noqa: PLC0415  Qt-free, but slow
    from ingenes_desktop.domain.errors import AuthError  # noqa: PLC0415  likewise

    try:
        settings = load_settings_of_this_machine(environment)
    except AuthError:
        return True  # the window says what is wrong with the settings, and signs nobody in
    wanted = description.environment
    return (
        settings.endpoints.cognito_idp == wanted["INGENES_ENDPOINT_COGNITO_IDP"]
        and settings.endpoints.cognito_identity == wanted["INGENES_ENDPOINT_COGNITO_IDENTITY"]
        and settings.endpoints.secrets_manager == wanted["INGENES_ENDPOINT_SECRETS_MANAGER"]
        and settings.user_pool_id == wanted["INGENES_COGNITO_USER_POOL_ID"]
    )


if __name__ == "__main__":
    sys.exit(main())
