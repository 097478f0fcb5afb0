"""A sign-in in a process of its own, whose environment and home folder somebody has prepared.

Reads its orders from standard input as JSON and writes what happened to standard output. Names lead to
this machine only, in both modes: ``ours`` is the production chain, ``stock`` a plain boto3 client.
"""

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

seen: dict[str, list[str]] = {"opened": [], "started": [], "looked_up": []}


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
        path = os.fsdecode(arguments[0])
        if path.startswith(str(Path.home())):
            seen["opened"].append(path)
    elif event in {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}:
        seen["started"].append(str(arguments[0]))


def _only_this_machine(host: Any, port: Any, *rest: Any, **named: Any) -> Any:
    seen["looked_up"].append(str(host))
    if host not in {"127.0.0.1", "localhost"}:
        raise socket.gaierror(socket.EAI_NONAME, "no other machine in this test")
    return _getaddrinfo(host, port, *rest, **named)


_getaddrinfo = socket.getaddrinfo


def _sign_in_as_ours(orders: dict[str, Any]) -> str:
    from ingenes_desktop.adapters.environment import scrub_environment  # noqa: PLC0415  as main() has it

    if orders["scrub"]:
        scrub_environment(os.environ)

    from ssl import SSLContext  # noqa: PLC0415
    from time import monotonic, time  # noqa: PLC0415

    from ingenes_desktop.adapters.connection import Address  # noqa: PLC0415
    from ingenes_desktop.adapters.far_ends import build_services  # noqa: PLC0415
    from ingenes_desktop.adapters.transport import system_trust  # noqa: PLC0415
    from ingenes_desktop.application.attempt import Attempt  # noqa: PLC0415
    from ingenes_desktop.application.outcome import Accepted  # noqa: PLC0415
    from ingenes_desktop.application.session import Ending  # noqa: PLC0415
    from ingenes_desktop.domain.secret import Secret  # noqa: PLC0415
    from ingenes_desktop.domain.settings import FileMakerRules, Settings  # noqa: PLC0415

    def resolve(host: str, port: int) -> list[Address]:
        if port != 443:
            raise OSError
        return [(int(socket.AF_INET), ("127.0.0.1", orders["ports"][host]))]

    def trust() -> SSLContext:
        context = system_trust()
        context.load_verify_locations(cadata=orders["authority"])
        return context

    settings = Settings(
        region="us-east-1",
        user_pool_id=orders["pool"],
        client_id=orders["client"],
        client_secret=None,
        identity_pool_id="us-east-1:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
        filemaker_secret_name="Clinica/FileMaker",
        filemaker=FileMakerRules(on_premises=True),
        proxy="none",
    )
    services = build_services(
        settings,
        find_system_proxy=lambda _url: None,
        clock=monotonic,
        wall_clock=time,
        user_agent="ingenes-desktop/test",
        trust=trust,
        resolve=resolve,
    )

    def attempt() -> Attempt:
        return Attempt(clock=monotonic, step_seconds=15.0, total_seconds=45.0)

    services.warm_up(attempt())
    outcome = services.sign_in.run(orders["email"], Secret(orders["password"]), attempt())
    if not isinstance(outcome, Accepted):
        return f"{outcome}"
    outcome.session.end(attempt(), Ending.EVERYWHERE)
    return "accepted"


def _sign_in_as_anybody(orders: dict[str, Any]) -> str:
    import boto3  # noqa: PLC0415

    try:
        boto3.client("cognito-idp", region_name="us-east-1").initiate_auth(
            ClientId=orders["client"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": orders["email"], "PASSWORD": orders["password"]},
        )
    except Exception as error:  # noqa: BLE001  whatever a stock client makes of it
        return type(error).__name__
    return "answered"


def main() -> None:
    orders = json.load(sys.stdin)
    sys.addaudithook(_listen)
    socket.getaddrinfo = _only_this_machine
    outcome = _sign_in_as_ours(orders) if orders["mode"] == "ours" else _sign_in_as_anybody(orders)
    print(json.dumps({"outcome": outcome, **seen}))  # noqa: T201  what its parent reads


if __name__ == "__main__":
    main()
