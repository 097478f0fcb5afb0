"""Each import contract in pyproject.toml is seen to fire, in a skeleton of the package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = (
    "__init__", "__main__", "app", "command_line", "start_settings", "wiring", "diagnosis.__init__",
    "diagnosis.command", "demo.__init__", "demo.cloud", "ui.__init__", "ui.login_view",
    "controllers.__init__", "controllers.auth_controller", "controllers.background",
    "controllers.session_monitor", "adapters.__init__", "adapters.cognito",
    "application.__init__", "application.ports", "domain.__init__", "domain.models",
)  # fmt: skip
LAYERS = "Imports only go down"
QT = "No Qt and no asyncio below the controllers"
FAR_ENDS = "Far ends are known to the adapters alone"
DEMO = "No line of production code knows the demo"
ASYNCIO = "asyncio and qasync are known to background.py alone"


def broken_contracts(folder: Path, imports: dict[str, str]) -> set[str]:
    """What import-linter finds broken in a skeleton whose modules hold these lines."""
    package = folder / "ingenes_desktop"
    for module in MODULES:
        path = package / f"{module.replace('.', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(imports.get(module, ""), encoding="utf-8")
    shutil.copy2(ROOT / "pyproject.toml", folder)
    code = "from importlinter.cli import lint_imports_command as main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    broken = {line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if line.endswith(" BROKEN")}
    assert (done.returncode == 0) == (not broken), done.stdout + done.stderr
    return broken


def test_what_the_structure_allows_is_kept(tmp_path: Path) -> None:
    allowed = {
        "__main__": "from ingenes_desktop import app",
        "app": "from ingenes_desktop import wiring\nfrom ingenes_desktop.ui import login_view",
        "wiring": "from ingenes_desktop.adapters import cognito\nfrom ingenes_desktop.ui import login_view",
        "adapters.cognito": "import boto3\nimport requests\nimport jwt\nimport keyring\n"
        "import truststore\nimport pycognito.aws_srp\nimport segno",
        "controllers.auth_controller": (
            "import PySide6.QtCore\nfrom ingenes_desktop.controllers import background"
        ),
        "controllers.background": "import asyncio\nimport qasync",
        "demo.cloud": "import moto.server\nimport boto3\nfrom ingenes_desktop import app",
        "ui.login_view": "import PySide6.QtWidgets\nfrom ingenes_desktop.domain import models",
    }
    assert broken_contracts(tmp_path, allowed) == set()


@pytest.mark.parametrize(
    ("module", "line", "contracts"),
    [
        ("domain.models", "import ingenes_desktop.application.ports", {LAYERS}),
        ("application.ports", "import ingenes_desktop.adapters.cognito", {LAYERS}),
        ("ui.login_view", "import ingenes_desktop.controllers.auth_controller", {LAYERS}),
        ("ui.login_view", "import ingenes_desktop.adapters.cognito", {LAYERS}),
        ("controllers.background", "import ingenes_desktop.adapters.cognito", {LAYERS}),
        ("adapters.cognito", "import ingenes_desktop.app", {LAYERS}),
        ("adapters.cognito", "import PySide6.QtCore", {QT}),
        ("application.ports", "from PySide6 import QtCore", {QT}),
        ("domain.models", "def late():\n    import asyncio", {QT, ASYNCIO}),
        ("application.ports", "import boto3", {FAR_ENDS}),
        ("controllers.auth_controller", "import keyring.errors", {FAR_ENDS}),
        ("ui.login_view", "from requests import Session", {FAR_ENDS}),
        ("app", "import botocore.session", {FAR_ENDS}),
        ("app", "import urllib3", {FAR_ENDS}),
        ("domain.models", "import jwt", {FAR_ENDS}),
        ("__main__", "import truststore", {FAR_ENDS}),
        ("app", "import ingenes_desktop.demo.cloud", {DEMO, LAYERS}),
        ("app", "import ingenes_desktop.command_line", {LAYERS}),
        ("wiring", "import ingenes_desktop.diagnosis.command", {LAYERS}),
        ("diagnosis.command", "import ingenes_desktop.wiring", {LAYERS}),
        ("start_settings", "import ingenes_desktop.wiring", {LAYERS}),
        ("start_settings", "import boto3", {FAR_ENDS}),
        ("diagnosis.command", "import ingenes_desktop.demo.cloud", {DEMO, LAYERS}),
        ("diagnosis.command", "import requests", {FAR_ENDS}),
        ("command_line", "import cryptography", {FAR_ENDS}),
        ("application.ports", "from pycognito.aws_srp import AWSSRP", {FAR_ENDS}),
        ("ui.login_view", "import segno", {FAR_ENDS}),
        ("adapters.cognito", "import ingenes_desktop.diagnosis.command", {LAYERS}),
        ("adapters.cognito", "import moto", {DEMO}),
        ("__main__", "from werkzeug.serving import make_server", {DEMO}),
        ("controllers.session_monitor", "import asyncio", {ASYNCIO}),
        ("ui.login_view", "import qasync", {ASYNCIO}),
        ("app", "import asyncio.events", {ASYNCIO}),
        ("demo.cloud", "import asyncio", {ASYNCIO}),
    ],
)
def test_contract_fires(module: str, line: str, contracts: set[str], tmp_path: Path) -> None:
    assert broken_contracts(tmp_path, {module: line}) == contracts


def test_a_room_that_no_layer_names_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ingenes_desktop" / "helpers").mkdir(parents=True)
    (tmp_path / "ingenes_desktop" / "helpers" / "__init__.py").touch()
    assert broken_contracts(tmp_path, {}) == {LAYERS}
