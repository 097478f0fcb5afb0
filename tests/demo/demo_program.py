"""The demo as a program, for tests of what it says and how it ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "ingenes_desktop.demo")
SECONDS = 60


def run(
    *options: str, command: tuple[str, ...] = COMMAND, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The cloud with a standard input that stays open, so that only its own trouble ends it."""
    with open_input() as reading:
        return subprocess.run(
            [*command, "--servers-only", *options],
            stdin=reading,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=SECONDS,
            cwd=ROOT,
            env=os.environ | (environment or {}),
            check=False,
        )


def sentence(ended: "subprocess.CompletedProcess[str]") -> str:
    """The one sentence of a program that could not start."""
    assert ended.returncode == 2, ended.stderr
    assert not ended.stdout
    lines = ended.stderr.splitlines()
    assert len(lines) == 1, ended.stderr
    assert lines[0].endswith(".")
    return lines[0]


@contextmanager
def open_input() -> Iterator[int]:
    """The reading end of a pipe that nobody writes to."""
    reading, writing = os.pipe()
    try:
        yield reading
    finally:
        os.close(reading)
        os.close(writing)


def without(folder: Path, *modules: str) -> dict[str, str]:
    """The environment of a Python that does not have these modules."""
    for module in modules:
        (folder / f"{module}.py").write_text(
            f"raise ModuleNotFoundError('No module named {module}', name={module!r})\n"
        )
    return {"PYTHONPATH": f"{folder}{os.pathsep}{ROOT}"}
