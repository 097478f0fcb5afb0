"""Child processes that are ended by their id, whatever happens."""

import os
import select
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

_PATIENCE_SECONDS = 5.0

# A configuration of ours: the usual one would start whatever services are installed.
BUS_CONFIGURATION = """<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def start(
    argv: Sequence[str],
    environment: Mapping[str, str],
    *,
    log: IO[bytes] | None = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start `argv` with exactly `environment`; the kernel ends it should this process be killed.

    `setpriv` (util-linux, in every Debian) becomes the program itself, so the id is the program's.
    """
    output = subprocess.DEVNULL if log is None else log
    return subprocess.Popen(
        ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--", *argv],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        pass_fds=pass_fds,
    )


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a child: asked to, and after 5 s made to."""
    process.terminate()
    try:
        process.wait(_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def stop_id(process_id: int) -> None:
    """End a process that a child of ours started: asked to, and after 5 s made to."""
    try:
        handle = os.pidfd_open(process_id)
    except ProcessLookupError:
        return
    try:
        for order in (signal.SIGTERM, signal.SIGKILL):
            signal.pidfd_send_signal(handle, order)
            if select.select([handle], [], [], _PATIENCE_SECONDS)[0]:
                return
    except ProcessLookupError:
        return
    finally:
        os.close(handle)


def environment(home: Path, display: str) -> dict[str, str]:
    """Return a whole environment for programs of a private desktop, with nothing of this one's."""
    folders = {
        "HOME": home,
        "TMPDIR": home / "tmp",
        "XDG_RUNTIME_DIR": home / "run",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
    }
    for folder in folders.values():
        folder.mkdir(mode=0o700, exist_ok=True)
    return {name: str(folder) for name, folder in folders.items()} | {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "DISPLAY": display,
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home / 'run' / 'bus'}",
        "GSETTINGS_BACKEND": "memory",
        "QT_QPA_PLATFORM": "xcb",
        "PYTHONUNBUFFERED": "1",
    }
