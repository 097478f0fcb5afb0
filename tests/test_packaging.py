"""The repository as a whole: its locked requirements, what no file may name, and the built wheel."""

import itertools
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingenes_desktop.adapters.log_lines import LIBRARIES

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "packaging" / "requirements"
SETS = ("app", "demo", "test")
PROJECT_FILE: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT: dict[str, Any] = PROJECT_FILE["project"]
NOT_OF_THE_ADAPTERS = {
    "pyside6-essentials",
    "qasync",
    "jeepney",
    "platformdirs",
    "phonenumberslite",
    "pyobjc-framework-cocoa",
}
"""Dependencies that other rooms know: the window's own, and what listens to the system."""
MODULES = {"pyjwt": "jwt", "phonenumberslite": "phonenumbers"}
"""Of a dependency, where it is not its name."""

# Written in pieces, so that this file passes its own search.
REGISTRY_HOSTS = re.compile(
    "|".join(
        re.escape(".".join(words))
        for words in (
            ("pypi", "org"),
            ("python" + "hosted", "org"),
            ("registry", "npmjs"),
            ("deb", "debian", "org"),
            ("snapshot", "debian"),
            ("proxy", "golang"),
        )
    )
)
# A place on one machine: a home, a temporary folder, or where this tree once lay.
MACHINE_PATHS = re.compile(r"(?<![\w.:/~<>-])/(?:work|tmp|root|home/\w+|Users/\w+)(?![\w-])")
OUTSIDE_OF_A_CLONE = re.compile("shared" + "/(?:reference|design)|\\.\\./" + "shared")


def tree_files() -> Iterator[Path]:
    """Every file that a clone would hold: all but what .gitignore names (plain names only)."""
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()}
    waiting = [ROOT]
    while waiting:
        for path in waiting.pop().iterdir():
            if path.name in ignored or path.name == ".git" or path.suffix == ".pyc":
                continue
            if path.is_dir():
                waiting.append(path)
            else:
                yield path


def pins(name: str) -> dict[str, str]:
    """The locked packages of a set and their versions; a marker stands with its package."""
    content = (REQUIREMENTS / f"{name}.txt").read_text("utf-8")
    found = re.findall(r"^([\w.\[\],-]+)==([^\s;\\]+)(?: ; (.+?))? \\$", content, re.MULTILINE)
    return {f"{package} {marker}".strip(): version for package, version, marker in found}


def wanted(name: str) -> set[str]:
    """The requirement lines of a set's own .in file."""
    lines = (REQUIREMENTS / f"{name}.in").read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith(("#", "-r "))}


@pytest.mark.parametrize("name", [*SETS, "lock"])
def test_locked_requirements_are_pins_with_hashes_and_name_no_server(name: str) -> None:
    lines = (REQUIREMENTS / f"{name}.txt").read_text("utf-8").splitlines()
    pin = re.compile(r"[\w.\[\],-]+==[^\s;\\]+(?: ; [^\\]+)? \\")
    hash_line = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")
    assert lines
    for before, line in zip(["", *lines], lines, strict=False):
        if before.endswith("\\"):
            assert hash_line.fullmatch(line), line
        else:
            assert pin.fullmatch(line), line
    assert hash_line.fullmatch(lines[-1])


def test_no_requirement_file_holds_an_address_or_an_index_option() -> None:
    for path in REQUIREMENTS.iterdir():
        content = path.read_text("utf-8")
        assert "://" not in content, path.name
        assert not re.search(r"index-url|find-links|extra-index|trusted-host", content), path.name


def test_each_set_holds_the_smaller_one_in_the_same_versions() -> None:
    for smaller, larger in itertools.pairwise(SETS):
        larger_pins = pins(larger)
        # A package may be wanted on more systems in the larger set: compare without markers.
        versions = {(key.split()[0], version) for key, version in larger_pins.items()}
        for key, version in pins(smaller).items():
            assert (key.split()[0], version) in versions, f"{key} {version} is not in {larger}.txt"


def test_requirement_sets_are_those_of_the_project_file() -> None:
    assert wanted("app") == set(PROJECT["dependencies"])
    assert wanted("demo") == set(PROJECT["optional-dependencies"]["demo"])


@pytest.mark.parametrize("name", SETS)
def test_every_wanted_package_is_locked(name: str) -> None:
    locked = {key.split()[0].split("[")[0].lower() for key in pins(name)}
    for requirement in wanted(name):
        package = re.split(r"[\[><=]", requirement, maxsplit=1)[0]
        assert package.lower() in locked


def dependencies() -> set[str]:
    """What the application needs, by name."""
    return {re.split(r"[\[><= ]", line, maxsplit=1)[0].lower() for line in PROJECT["dependencies"]}


def test_every_dependency_stands_in_the_table_with_its_reason() -> None:
    """And nothing stands there that is no dependency any more."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("## Dependencies, each with its reason")[2].partition("\nLocks:")[0]
    rows = [line.strip("|").split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in rows), rows
    named = {name.lower() for row in rows for name in re.findall(r"[\w-]+", re.sub(r"\(.*?\)", "", row[0]))}
    others = {re.split(r"[\[><= ]", line, maxsplit=1)[0].lower() for line in wanted("demo")}
    brought = {"envs", "werkzeug"}  # with pycognito and moto; told of there
    assert named == dependencies() | others | brought


def test_what_speaks_to_far_ends_is_forbidden_outside_the_adapters() -> None:
    contracts = {each["id"]: each for each in PROJECT_FILE["tool"]["importlinter"]["contracts"]}
    forbidden = set(contracts["sdk-only-in-adapters"]["forbidden_modules"])
    kept = {MODULES.get(name, name) for name in dependencies() - NOT_OF_THE_ADAPTERS}
    # Alone, secretstorage and tenacity say nothing to anybody.
    assert kept - {"secretstorage", "tenacity"} <= forbidden


@pytest.mark.parametrize("name", ["pycognito", "segno", "envs"])
def test_what_was_added_is_locked_for_the_application_itself(name: str) -> None:
    assert name in pins("app")


def test_no_library_may_write_to_the_log() -> None:
    silent = {name.lower() for name in LIBRARIES}
    names = {MODULES.get(name, name) for name in dependencies()} | {"envs", "pyside6"}
    assert names - {"pyside6-essentials", "pyobjc-framework-cocoa"} <= silent


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    offences = []
    for path in tree_files():
        try:
            content = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a font
        for pattern in (REGISTRY_HOSTS, MACHINE_PATHS, OUTSIDE_OF_A_CLONE):
            offences += [f"{path.relative_to(ROOT)}: {hit}" for hit in pattern.findall(content)]
    assert not offences


@pytest.mark.parametrize(
    "text",
    [
        "cd /" + "tmp/x",
        '"/' + 'root"',
        "see ../" + "shared/x",
        "https://" + "pypi" + ".org/simple",
        "/" + "home/ana/x",
    ],
)
def test_the_search_sees_what_it_is_for(text: str) -> None:
    patterns = (REGISTRY_HOSTS, MACHINE_PATHS, OUTSIDE_OF_A_CLONE)
    assert any(pattern.search(text) for pattern in patterns)


def test_folder_packaging_does_not_hide_the_library_of_that_name() -> None:
    """A folder without __init__.py comes last in Python's search; with one it would come first."""
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_installed_packages_fit_together() -> None:
    command = [sys.executable, "-I", "-m", "pip", "--disable-pip-version-check", "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy of the tree, in which the wheel and the sdist were built into a folder beside it."""
    copy = tmp_path_factory.mktemp("tree") / "copy"
    output = copy.parent / "output"
    for path in tree_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    for needed in ("README.md", "resources/icons/probe.svg"):  # also where these are yet to come
        (copy / needed).parent.mkdir(parents=True, exist_ok=True)
        (copy / needed).touch()
    before = sorted(copy.rglob("*"))
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(output)]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(copy.rglob("*")) == before, "building leaves something in the tree"
    return copy, output


def test_wheel_holds_the_package_the_resources_and_the_licence(built: tuple[Path, Path]) -> None:
    copy, output = built
    (wheel,) = output.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata_name,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        (entries_name,) = (name for name in names if name.endswith("/entry_points.txt"))
        metadata = archive.read(metadata_name).decode()
        entries = archive.read(entries_name).decode()
    expected = {
        f"{inside}/{path.relative_to(copy / folder).as_posix()}"
        for folder, inside in (
            ("ingenes_desktop", "ingenes_desktop"),
            ("resources", "ingenes_desktop/_resources"),
        )
        for path in (copy / folder).rglob("*")
        if path.is_file()
    }
    assert {name for name in names if ".dist-info/" not in name} == expected
    assert any(name.endswith("/licenses/LICENSE") for name in names)
    assert f"Requires-Python: {','.join(sorted(PROJECT['requires-python'].split(',')))}" in metadata
    assert "License-Expression: LicenseRef-Proprietary" in metadata
    assert "ingenes-desktop = ingenes_desktop.__main__:main" in entries
    assert "ingenes-desktop-demo = ingenes_desktop.demo.__main__:main" in entries


def test_demo_is_importable_from_the_wheel(built: tuple[Path, Path], tmp_path: Path) -> None:
    (wheel,) = built[1].glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import ingenes_desktop.demo as demo; print(demo.__file__)"
    )
    command = [sys.executable, "-I", "-c", code, str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert Path(done.stdout.strip()).is_relative_to(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="the script is for the CI machine, a Linux")
@pytest.mark.parametrize(
    ("check", "test", "again"),
    [(0, 0, 0), (1, 0, 0), (0, 1, 1), (0, 1, 0), (0, 2, 0), (0, 1, 5), (1, 1, 0), (1, 1, 1)],
)
def test_ci_runs_both_commands_and_what_failed_once_more(
    tmp_path: Path, check: int, test: int, again: int
) -> None:
    (tmp_path / ".ci").mkdir()
    (tmp_path / "packaging").mkdir()
    script = Path(shutil.copy2(ROOT / ".ci" / "run", tmp_path / ".ci"))
    (tmp_path / "packaging" / "dev.py").write_text(
        "import sys\n"
        "print(sys.argv[1:], len(sys.stdin.read()), flush=True)\n"
        f"tests = {again} if '--last-failed' in sys.argv else {test}\n"
        f"sys.exit({{'check': {check}, 'test': tests}}[sys.argv[1]])\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        ["bash", str(script)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    assert lines[:2] == ["['check'] 0", "['test'] 0"]
    is_repeated = test == 1  # tests failed; any other status is no test's failure
    assert len(lines) == (4 if is_repeated else 2)
    assert (done.returncode == 0) == (check == 0 and (again if is_repeated else test) == 0)
