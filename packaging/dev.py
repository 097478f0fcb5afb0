"""One command for each thing a developer does; it sets up first whatever is missing.

    python3 packaging/dev.py run     start the demo (on Windows: py packaging\\dev.py run)
    python3 packaging/dev.py test    run the tests; what follows is passed on to pytest
    python3 packaging/dev.py check   ruff, mypy and import-linter
    python3 packaging/dev.py app     start the real application
    python3 packaging/dev.py setup   only set up: everything that the commands above need
    python3 packaging/dev.py system  only the system packages (Linux, as root)
    python3 packaging/dev.py words   bring the catalogues up to the source texts
    python3 packaging/dev.py pages   write the pages of resources/help anew from the tests' table
    python3 packaging/dev.py notices write resources/licences anew from the locked requirements
    python3 packaging/dev.py lock    write the locked requirements anew; --upgrade takes new versions

Only Python's standard library is used. Everything is installed into .venv beside this folder, from
requirements locked with hashes. INGENES_WHEELHOUSE=DIR installs from the wheels in DIR, without a
network. Exit status: the started program's own, or 2 where the set-up cannot go on.
"""

import sys

# Before all else, and in words that an old Python understands: it would stop with a traceback below.
if not (3, 11) <= sys.version_info[:2] < (3, 14):
    print(
        "This needs Python 3.11, 3.12 or 3.13; the one it was started with is"
        f" {sys.version_info[0]}.{sys.version_info[1]}.",
        file=sys.stderr,
    )
    sys.exit(2)

import contextlib
import hashlib
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

import system_packages

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "packaging" / "requirements"
VENV = ROOT / ".venv"
STAMP = VENV / "ingenes-set-up"
# Each set of packages holds the one before it, in the same versions.
SETS = ("app", "demo", "test")
PROGRAMS = ("dev", "notices", "system_packages")
# Each with lupdate's options of its own. The source texts are English, except for what depends on a number.
CATALOGUES = {
    "es": ["-source-language", "en_US", "-target-language", "es_MX"],
    "en": ["-source-language", "en_US", "-target-language", "en_US", "-pluralonly"],
}
WHERE_QT_RUNS = (
    "Qt 6.12 needs at least 64-bit Windows 10, macOS 14, or Linux on x86-64 with glibc 2.34"
    " (Debian 12, Ubuntu 22.04)."
)


class SetUpError(Exception):
    """The set-up cannot go on; the text is for the person at the terminal."""


def python_of(environment: Path) -> Path:
    """The interpreter of a virtual environment."""
    if os.name == "nt":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


def digest(name: str) -> str:
    """What .venv is stamped with once it holds a set: it changes with all that .venv rests on.

    Of Python it is the number and the place, not the build: apt may bring a newer build of the
    interpreter that is running this.
    """
    python = f"{name} {sys.version_info[:3]} {sys.base_prefix} {VENV}"
    content = (REQUIREMENTS / f"{name}.txt").read_bytes() + python.encode()
    return hashlib.sha256(content).hexdigest()


def installed_set() -> str | None:
    """The set that .venv holds; None where it is absent, unfinished or out of date."""
    if not (STAMP.is_file() and python_of(VENV).exists()):
        return None
    stamp = STAMP.read_text(encoding="ascii", errors="replace")
    return next((name for name in SETS if digest(name) == stamp), None)


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second set-up of this tree wait for the first; if that is killed, the system frees it."""
    with (ROOT / ".venv.lock").open("w", encoding="ascii") as file:
        if sys.platform == "win32":
            while True:
                with contextlib.suppress(OSError):  # raised after ten seconds of waiting
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make_environment(environment: Path) -> None:
    """Make an empty virtual environment with pip, whatever is there; raises SetUpError."""
    command = [sys.executable, "-I", "-m", "venv", "--clear", str(environment)]
    if subprocess.run(command, check=False).returncode != 0:
        raise SetUpError(f"Python could not make {environment}; its reason stands above.")


def install(environment: Path, requirements: Path) -> None:
    """Install locked requirements; raises SetUpError where pip cannot."""
    source = []
    wheelhouse = os.environ.get("INGENES_WHEELHOUSE")
    if wheelhouse:
        source = ["--no-index", "--find-links", str(Path(wheelhouse).resolve())]
    pip = [str(python_of(environment)), "-I", "-m", "pip", "install", "--quiet", "--no-input"]
    locked = ["--require-hashes", "--only-binary=:all:", "-r", str(requirements)]
    options = ["--disable-pip-version-check", "--no-warn-script-location"]
    if subprocess.run([*pip, *options, *source, *locked], check=False).returncode != 0:
        raise SetUpError(
            f"pip could not install {requirements.name}; its reason stands above. {WHERE_QT_RUNS}"
        )


def provide_system_packages(name: str) -> None:
    """Make sure of what a set needs of the system; raises MissingPackagesError."""
    if sys.platform == "linux":
        extra = system_packages.TEST if name == "test" else ()
        needs = system_packages.RUN + extra
        system_packages.provide(needs, install=system_packages.may_install())


def set_up(name: str) -> None:
    """Bring .venv to hold at least this set; raises SetUpError.

    The stamp is taken away first and written last, so that an interrupted set-up shows, and the
    next one begins afresh.
    """
    provide_system_packages(name)
    with one_at_a_time():
        held = installed_set()
        if held is not None and SETS.index(held) >= SETS.index(name):
            return
        print(f"Setting up {VENV} (this takes a minute, once).", flush=True)
        STAMP.unlink(missing_ok=True)
        if held is None:
            if Path(sys.prefix) == VENV:
                raise SetUpError("The environment must be made anew: type `deactivate` and repeat.")
            make_environment(VENV)
        install(VENV, REQUIREMENTS / f"{name}.txt")
        STAMP.write_text(digest(name), encoding="ascii")


def surroundings() -> dict[str, str]:
    """The environment variables for what runs from the source tree."""
    variables = os.environ | {"PYTHONPATH": str(ROOT)}
    if sys.platform == "linux" and variables.get("LC_ALL") in {"C", "POSIX"}:
        variables["LC_ALL"] = "C.UTF-8"  # Qt wants UTF-8 and warns of every other locale
    return variables


def become(arguments: list[str], variables: Mapping[str, str]) -> NoReturn:
    """Go on as this program in .venv: signals reach it, and its exit status is ours."""
    command = [str(python_of(VENV)), *arguments]
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name == "nt":  # exec on Windows returns to the shell at once
        sys.exit(subprocess.call(command, env=variables))
    os.execve(command[0], command, variables)  # noqa: S606  our own interpreter, in our place


def start(name: str, module: str, arguments: list[str]) -> NoReturn:
    """Start a window; raises SetUpError where there is no display for it."""
    shown_on = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(variable) for variable in shown_on):
        raise SetUpError(
            "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): start a virtual"
            " one with `Xvfb :99 &`, repeat with DISPLAY=:99 before the command, and look at it with"
            " `x11vnc -localhost -display :99` and a VNC viewer (Debian's packages xvfb and x11vnc)."
        )
    set_up(name)
    become(["-m", module, *arguments], surroundings())


def test(arguments: list[str]) -> NoReturn:
    """Run the tests. On Linux without a display, unless the caller chose one: some bring their own."""
    set_up("test")
    variables = surroundings()
    if sys.platform == "linux":
        variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    become(["-m", "pytest", *arguments], variables)


def check() -> int:
    """Run every linter and both runs of the type checker, to the end; 1 where any finds something."""
    set_up("test")
    lint_imports = "from importlinter.cli import lint_imports_command as main; main()"
    tools = {
        "ruff check": ["-m", "ruff", "check"],
        "ruff format": ["-m", "ruff", "format", "--check"],
        "mypy": ["-m", "mypy"],
        "mypy packaging": ["-m", "mypy", *(f"packaging/{name}.py" for name in PROGRAMS)],
        "lint-imports": ["-c", lint_imports, "--no-logo"],
    }
    failed = []
    for name, arguments in tools.items():
        print(f"== {name}", flush=True)
        command = [str(python_of(VENV)), *arguments]
        if subprocess.run(command, cwd=ROOT, env=surroundings(), check=False).returncode != 0:
            failed.append(name)
    print(f"Found something: {', '.join(failed)}." if failed else "All checks passed.", flush=True)
    return 1 if failed else 0


def words() -> int:
    """Bring the catalogues up to the source texts, then compile them (lupdate, lrelease)."""
    set_up("test")
    tools = python_of(VENV).parent
    rooms = [ROOT / "ingenes_desktop" / room for room in ("diagnosis", "ui")]
    sources = sorted(str(path.relative_to(ROOT)) for room in rooms for path in room.rglob("*.py"))
    for name, options in CATALOGUES.items():
        catalogue = ROOT / "resources" / "i18n" / f"ingenes_{name}.ts"
        update = ["pyside6-lupdate", "-no-obsolete", "-locations", "none", *options, *sources]
        update += ["-ts", str(catalogue)]
        compile_it = ["pyside6-lrelease", str(catalogue), "-qm", str(catalogue.with_suffix(".qm"))]
        for command in (update, compile_it):
            command[0] = str(tools / command[0])
            if subprocess.run(command, cwd=ROOT, env=surroundings(), check=False).returncode != 0:
                return 1
    return 0


def pages() -> NoReturn:
    """Write the pages on what a person may see, in both languages, from the table in the tests."""
    set_up("test")
    become(["-m", "tests.what_you_may_see"], surroundings())


def notices() -> NoReturn:
    """Write what the application is made of, and under which licences."""
    set_up("test")
    become([str(ROOT / "packaging" / "notices.py")], surroundings())


def lock(arguments: list[str]) -> int:
    """Write every *.txt anew from its *.in with uv, which is itself locked, in lock.txt."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--quiet"]
    # What is written names neither this machine nor a server.
    options += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    with tempfile.TemporaryDirectory() as folder:
        make_environment(Path(folder))
        install(Path(folder), REQUIREMENTS / "lock.txt")
        uv = [str(python_of(Path(folder))), "-I", "-m", "uv", "pip", "compile"]
        # The largest set first: the smaller ones then take its versions.
        for name in (*reversed(SETS), "lock"):
            versions = ["-c", "test.txt"] if name in SETS[:-1] else []
            files = [f"{name}.in", "-o", f"{name}.txt", *versions]
            command = [*uv, *options, *arguments, *files]
            if subprocess.run(command, cwd=REQUIREMENTS, check=False).returncode != 0:
                raise SetUpError(f"uv could not lock {name}.in; its reason stands above.")
    return 0


def main(arguments: list[str]) -> int:
    """Carry out one command; what it returns is the exit status."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    commands: dict[str, Callable[[], int | None]] = {
        "run": lambda: start("demo", "ingenes_desktop.demo", rest),
        "app": lambda: start("app", "ingenes_desktop", rest),
        "test": lambda: test(rest),
        "check": check,
        "setup": lambda: set_up("test"),
        "system": lambda: provide_system_packages("test"),
        "words": words,
        "pages": pages,
        "notices": notices,
        "lock": lambda: lock(rest),
    }
    if command not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        return commands[command]() or 0
    except (SetUpError, system_packages.MissingPackagesError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
