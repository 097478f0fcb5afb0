"""What the application and its tests need of a Linux system, and how to get it on Debian's family.

Each need is looked for by what is used of it (a shared library, a program, a file), never by asking
a package database: a second look costs some milliseconds and is right on every distribution. The
names are Debian's and Ubuntu's. Windows and macOS bring everything along.
"""

import ctypes
import importlib.util
import os
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

# Ubuntu 24.04 (2.39) and Debian 13 (2.41) renamed libraries for 64-bit time; Debian 12 has 2.36.
GLIBC_OF_THE_RENAMING = (2, 39)


class MissingPackagesError(Exception):
    """Packages are missing and could not be installed; the text says what to type."""


@dataclass(frozen=True)
class Need:
    """One Debian package and the signs of it; any one sign is enough.

    A sign is a shared library ("libGL.so.1"), a program ("Xvfb"), or an absolute path in which the
    last part may be a pattern ("/usr/share/fonts/**/*.ttf").
    """

    package: str
    signs: tuple[str, ...]


# The libraries that Qt 6.12's wheels load and do not bring along (ldd over its libraries and
# plug-ins): first for any window, then for X11, then for Wayland.
RUN = (
    Need("libgl1", ("libGL.so.1",)),
    Need("libegl1", ("libEGL.so.1",)),
    Need("libxkbcommon0", ("libxkbcommon.so.0",)),
    Need("libdbus-1-3", ("libdbus-1.so.3",)),
    Need("libfontconfig1", ("libfontconfig.so.1",)),
    Need("libglib2.0-0", ("libgthread-2.0.so.0",)),
    Need("libgssapi-krb5-2", ("libgssapi_krb5.so.2",)),
    Need("libx11-xcb1", ("libX11-xcb.so.1",)),
    Need("libxcb-cursor0", ("libxcb-cursor.so.0",)),
    Need("libxcb-icccm4", ("libxcb-icccm.so.4",)),
    Need("libxcb-keysyms1", ("libxcb-keysyms.so.1",)),
    Need("libxcb-shape0", ("libxcb-shape.so.0",)),
    Need("libxcb-xkb1", ("libxcb-xkb.so.1",)),
    Need("libxkbcommon-x11-0", ("libxkbcommon-x11.so.0",)),
    Need("libwayland-client0", ("libwayland-client.so.0",)),
    Need("libwayland-cursor0", ("libwayland-cursor.so.0",)),
    Need("libwayland-egl1", ("libwayland-egl.so.1",)),
    Need("fonts-dejavu-core", ("/usr/share/fonts/**/*.ttf", "/usr/share/fonts/**/*.otf")),
    Need("ca-certificates", ("/etc/ssl/certs/*", "/etc/pki/tls/certs/*")),
)

# What the tests start themselves: an X server, a D-Bus with a Secret Service, the accessibility bus.
TEST = (
    Need("xvfb", ("Xvfb",)),
    Need("dbus-daemon", ("dbus-daemon",)),
    Need("gnome-keyring", ("gnome-keyring-daemon",)),
    Need(
        "at-spi2-core",
        ("/usr/libexec/at-spi-bus-launcher", "/usr/lib*/at-spi2-core/at-spi-bus-launcher"),
    ),
)


def is_there(sign: str) -> bool:
    """Whether this machine has the library, the program or the file."""
    if sign.startswith("/"):
        return any(Path("/").glob(sign[1:]))
    if ".so." in sign:
        try:
            ctypes.CDLL(sign)
        except OSError:
            return False
        return True
    return shutil.which(sign) is not None


def missing_packages(needs: Iterable[Need]) -> list[str]:
    """The packages that this machine lacks, by their names on this distribution."""
    missing = [name_here(need.package) for need in needs if not any(is_there(sign) for sign in need.signs)]
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it apart from python3
        missing.insert(0, f"python3.{sys.version_info.minor}-venv")
    return missing


def name_here(package: str, glibc: tuple[int, ...] | None = None) -> str:
    """The package's name under this (or the given) version of glibc."""
    renamed = (glibc or glibc_version()) >= GLIBC_OF_THE_RENAMING
    return "libglib2.0-0t64" if renamed and package == "libglib2.0-0" else package


def glibc_version() -> tuple[int, ...]:
    """The version of the C library; (0,) where it is not glibc."""
    version = platform.libc_ver()[1]
    return tuple(int(part) for part in version.split(".")) if version else (0,)


def install_line(packages: list[str]) -> str:
    """The line that installs them, to be typed by a person."""
    wanted = shlex.join(packages)
    return f"sudo apt-get update && sudo apt-get install --yes --no-install-recommends {wanted}"


def may_install() -> bool:
    """Whether this process may write to the package database, as root may."""
    return os.access("/var/lib/dpkg/status", os.W_OK)


def provide(needs: tuple[Need, ...], *, install: bool) -> None:
    """Make sure of these packages: install them with apt-get, or only say how.

    Raises MissingPackagesError where a package is still missing at the end.
    """
    missing = missing_packages(needs)
    if not missing:
        return
    if shutil.which("apt-get") is None:
        raise MissingPackagesError(
            "The system lacks libraries or programs, here by the names of their Debian packages: "
            f"{', '.join(missing)}. Install them with this system's package manager and repeat."
        )
    if not install:
        raise MissingPackagesError(
            f"The system lacks packages; install them with this line and repeat:\n  {install_line(missing)}"
        )
    print(f"Installing system packages: {' '.join(missing)}", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    # One unreachable source among several need not matter: the outcome is judged below.
    for arguments in (
        ["update", "--quiet"],
        ["install", "--quiet", "--yes", "--no-install-recommends", *missing],
    ):
        subprocess.run(
            ["apt-get", "-o", "DPkg::Lock::Timeout=300", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    importlib.invalidate_caches()
    still_missing = missing_packages(needs)
    if still_missing:
        raise MissingPackagesError(
            "These system packages could not be installed (apt-get's reason stands above): "
            f"{', '.join(still_missing)}."
        )
