"""Where the files that ship beside the code are: one answer for the repository, a wheel and a bundle."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource_path(*parts: str) -> Path:
    """The path of a file under ``resources/``; it is not looked at, so it may be absent.

    A frozen bundle (PyInstaller) unpacks it to ``sys._MEIPASS``, a wheel carries it as
    ``ingenes_desktop/_resources``, the repository has it beside the package.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle, "resources", *parts)
    installed = _PACKAGE / "_resources"
    root = installed if installed.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)
