"""packaging/dev.py: a real set-up in a copy of the tree, with a package of our own as the lock."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What stands in for pytest and for the demo tells how it was started, and leaves with its own status.
PROBE = "import os, sys\nprint(sys.argv[1:], os.environ.get('QT_QPA_PLATFORM'), os.getcwd())\nsys.exit(7)\n"


def write_wheel(folder: Path, name: str, module: str) -> str:
    """Write a wheel that holds one module; returns its line in a locked requirements file."""
    wheel = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(f"{module}.py", PROBE)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class Tree:
    """A copy of what dev.py needs, with a wheelhouse of two tiny wheels."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a clone"
        self.wheelhouse = folder / "wheels"
        self.requirements = self.root / "packaging" / "requirements"
        self.requirements.mkdir(parents=True)
        self.wheelhouse.mkdir()
        for name in ("dev.py", "system_packages.py"):
            shutil.copy2(ROOT / "packaging" / name, self.root / "packaging")
        demo = self.root / "ingenes_desktop" / "demo"
        demo.mkdir(parents=True)
        (demo / "__main__.py").write_text(PROBE, encoding="utf-8")
        small = write_wheel(self.wheelhouse, "small", "small")
        large = write_wheel(self.wheelhouse, "large", "pytest")
        self.lock("app", small)
        self.lock("demo", small)
        self.lock("test", small + large)

    def lock(self, name: str, content: str) -> None:
        """Write a locked requirements file."""
        (self.requirements / f"{name}.txt").write_text(content, encoding="utf-8")

    def dev(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run dev.py from another folder; a variable given as "" is taken away."""
        environment = os.environ | {"INGENES_WHEELHOUSE": str(self.wheelhouse)} | variables
        environment = {name: value for name, value in environment.items() if value}
        return subprocess.run(
            [sys.executable, str(self.root / "packaging" / "dev.py"), *arguments],
            cwd=self.wheelhouse,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def installed(self) -> set[str]:
        """The packages in .venv besides pip and what the interpreter brings."""
        found = {path.name.split("-")[0] for path in (self.root / ".venv").rglob("*.dist-info")}
        return found & {"small", "large", "left_over"}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def test_set_up_runs_once_grows_and_starts_afresh_when_it_must(tree: Tree) -> None:
    first = tree.dev("run", "--a", "b c", QT_QPA_PLATFORM="offscreen")
    assert "Setting up" in first.stdout
    assert first.stdout.splitlines()[-1] == f"['--a', 'b c'] offscreen {tree.root}"
    assert first.returncode == 7  # the program's own
    assert tree.installed() == {"small"}

    again = tree.dev("run", QT_QPA_PLATFORM="offscreen")
    assert "Setting up" not in again.stdout

    tests = tree.dev("test", "-k", "one", QT_QPA_PLATFORM="")
    platform = "offscreen" if sys.platform == "linux" else None
    assert tests.stdout.splitlines()[-1] == f"['-k', 'one'] {platform} {tree.root}"
    assert tests.returncode == 7
    assert tree.installed() == {"small", "large"}
    assert "Setting up" not in tree.dev("run", QT_QPA_PLATFORM="offscreen").stdout

    # A set-up that was killed has taken its stamp away and left anything behind.
    (tree.root / ".venv" / "ingenes-set-up").unlink()
    shutil.rmtree(next((tree.root / ".venv").rglob("small-1.0.dist-info")))
    next((tree.root / ".venv").rglob("site-packages")).joinpath("left_over-1.dist-info").mkdir()
    healed = tree.dev("setup")
    assert healed.returncode == 0, healed.stderr
    assert tree.installed() == {"small", "large"}

    # The tree was moved: the environment names its old place.
    tree.root = tree.root.rename(tree.root.with_name("moved"))
    assert "Setting up" in tree.dev("setup").stdout
    assert tree.dev("setup").stdout == ""


def test_the_pages_are_written_by_what_the_tests_have_for_it(tree: Tree) -> None:
    (tree.root / "tests").mkdir()
    (tree.root / "tests" / "what_you_may_see.py").write_text(PROBE, encoding="utf-8")
    done = tree.dev("pages")
    assert done.stdout.splitlines()[-1].endswith(f" {tree.root}")
    assert done.returncode == 7  # its own
    assert tree.installed() == {"small", "large"}


def test_the_notices_are_written_by_a_program_in_the_environment(tree: Tree) -> None:
    (tree.root / "packaging" / "notices.py").write_text(PROBE, encoding="utf-8")
    done = tree.dev("notices")
    assert done.stdout.splitlines()[-1].endswith(f" {tree.root}")
    assert done.returncode == 7  # its own
    assert tree.installed() == {"small", "large"}


def test_a_wheel_that_is_not_the_locked_one_is_refused_and_leaves_no_stamp(tree: Tree) -> None:
    line = (tree.requirements / "demo.txt").read_text("utf-8")
    tree.lock("demo", line.replace(line[-5:-1], "0000" if line[-5:-1] != "0000" else "1111"))
    refused = tree.dev("run", QT_QPA_PLATFORM="offscreen")
    assert refused.returncode == 2
    assert "pip could not install demo.txt" in refused.stderr
    assert not (tree.root / ".venv" / "ingenes-set-up").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_without_a_display_run_says_so_before_it_sets_anything_up(tree: Tree) -> None:
    done = tree.dev("run", DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 2
    assert "There is no display here" in done.stderr
    assert "Xvfb :99" in done.stderr
    assert not (tree.root / ".venv").exists()


@pytest.mark.parametrize("version", [(3, 10, 13), (3, 14, 0), (2, 7, 18)])
def test_a_python_out_of_range_gets_one_sentence(tree: Tree, version: tuple[int, ...]) -> None:
    code = (
        "import runpy, sys\n"
        f"sys.version_info = {version}\n"
        "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    command = [sys.executable, "-c", code, str(tree.root / "packaging" / "dev.py"), "setup"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"is {version[0]}.{version[1]}." in done.stderr
    assert not (tree.root / ".venv").exists()


def test_the_range_of_pythons_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.14"
    content = (ROOT / "packaging" / "dev.py").read_text("utf-8")
    assert "if not (3, 11) <= sys.version_info[:2] < (3, 14):" in content


@pytest.mark.parametrize("arguments", [(), ("no-such-command",), ("--help",)])
def test_anything_else_shows_the_commands(tree: Tree, arguments: tuple[str, ...]) -> None:
    done = tree.dev(*arguments)
    assert done.returncode == 2
    assert "dev.py run " in done.stderr


@pytest.fixture
def system_packages() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "system_packages", ROOT / "packaging" / "system_packages.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def apt_get(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of this name in front of the system's: it notes its arguments in the file returned."""
    notes = tmp_path / "notes"
    program = tmp_path / "bin" / "apt-get"
    program.parent.mkdir()
    program.write_text(
        '#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >> "$NOTES"\n'
        'case "$*" in *" install "*) test -z "$PROVIDES" || : > "$PROVIDES";; esac\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("NOTES", str(notes))
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return notes


on_linux = pytest.mark.skipif(sys.platform != "linux", reason="system packages are Linux's matter")


@on_linux
def test_as_root_what_is_missing_is_installed(
    system_packages: ModuleType, apt_get: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = tmp_path / "arrives"
    monkeypatch.setenv("PROVIDES", str(sign))
    there = system_packages.Need("libc6", ("libc.so.6",))
    missing = system_packages.Need("ingenes-probe", (str(sign),))
    system_packages.provide((there, missing), install=True)
    updating, installing = apt_get.read_text("utf-8").splitlines()
    assert updating.startswith("noninteractive ")
    assert updating.endswith(" update --quiet")
    assert installing.endswith(" install --quiet --yes --no-install-recommends ingenes-probe")
    system_packages.provide((there, missing), install=True)
    assert len(apt_get.read_text("utf-8").splitlines()) == 2, "the second time nothing is started"


@on_linux
def test_what_cannot_be_installed_is_named(system_packages: ModuleType, apt_get: Path) -> None:
    need = system_packages.Need("ingenes-probe", ("ingenes-no-such-program",))
    with pytest.raises(system_packages.MissingPackagesError, match=r"could not .* ingenes-probe\."):
        system_packages.provide((need,), install=True)
    assert apt_get.exists()


@on_linux
def test_a_plain_user_is_told_the_exact_line(system_packages: ModuleType, apt_get: Path) -> None:
    need = system_packages.Need("ingenes-probe", ("libingenes-probe.so.9",))
    with pytest.raises(system_packages.MissingPackagesError) as told:
        system_packages.provide((need,), install=False)
    line = str(told.value).splitlines()[1].strip()
    assert line == ("sudo apt-get update && sudo apt-get install --yes --no-install-recommends ingenes-probe")
    assert not apt_get.exists()


@on_linux
def test_without_apt_the_packages_are_only_named(
    system_packages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    need = system_packages.Need("ingenes-probe", ("/nowhere/*/probe",))
    with pytest.raises(system_packages.MissingPackagesError, match="package manager"):
        system_packages.provide((need,), install=True)


@pytest.mark.parametrize(
    ("glibc", "name"),
    [((2, 36), "libglib2.0-0"), ((2, 39), "libglib2.0-0t64"), ((2, 41), "libglib2.0-0t64")],
)
def test_a_renamed_library_gets_its_name_here(
    system_packages: ModuleType, glibc: tuple[int, ...], name: str
) -> None:
    assert system_packages.name_here("libglib2.0-0", glibc) == name
    assert system_packages.name_here("libgl1", glibc) == "libgl1"


@on_linux
def test_this_machine_has_what_the_tests_need(system_packages: ModuleType) -> None:
    assert system_packages.missing_packages(system_packages.RUN + system_packages.TEST) == []
