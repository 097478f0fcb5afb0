"""Programs that a bench starts and listens to.

``BENCH_TREE`` names another working copy whose application is measured instead (the cloud stays this one's):
for a comparison with what was there before.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

_LONGEST_SECONDS = 300.0


def start(
    module: str, *arguments: str, environment: Mapping[str, str], speaks: bool = False
) -> "subprocess.Popen[str]":
    """``python -m module`` with ``environment`` beside the machine's; ``speaks``: it takes our words."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=os.environ.get("BENCH_TREE"),
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ, **environment},
        stdin=subprocess.PIPE if speaks else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


def answer_of(module: str, *arguments: str, environment: Mapping[str, str]) -> Any:
    """The line of JSON that the program prints. Raises RuntimeError where it fails."""
    with start(module, *arguments, environment=environment) as program:
        try:
            said, _ = program.communicate(timeout=_LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
            raise
    if program.returncode != 0:
        raise RuntimeError(f"{module} ended with {program.returncode}")
    return json.loads(said)
