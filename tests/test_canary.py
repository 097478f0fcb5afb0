"""A secret in every place where the program has one, and none of them anywhere else.

The real program, on a desktop of its own with a real keyring, at its most talkative, through a whole
session with failures and bugs; every channel out of it is collected and searched.
"""

import json
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.canary import Finding, Sweep

if sys.platform != "linux":
    pytest.skip("a private desktop is Linux's", allow_module_level=True)

from ingenes_desktop.demo.servers import Cloud
from tests.atspi.accessible import Role, State
from tests.atspi.waiting import wait_until
from tests.canary_stage import Stage, stage
from tests.canary_story import SETTINGS_FILE, Story, far_ends
from tests.stub_logind import stub_logind

SECRETS = {
    "password", "client secret", "secret hash", "ID token", "access token", "refresh token", "reset code",
    "AWS secret key", "AWS session token", "AWS signature", "FileMaker account", "FileMaker password",
    "FileMaker session token", "FileMaker authorization", "vault key", "vault file",
    "challenge session", "authenticator key", "authenticator code", "QR symbol", "device group key",
}  # fmt: skip
IN_SIGHT = {
    "reset code": {"code typed"},
    "authenticator key": {"key shown", "first code typed"},
    "authenticator code": {"first code typed", "second code typed"},
}
"""What a person reads or types in sight, and in which states."""
AFTERWARDS = {"code used", "two-step verification on", "in with two steps"}
"""Behind these states lies what the bus was told when it was still in sight."""
DUMPED = (
    "import os, resource, signal, sys; _, most = resource.getrlimit(resource.RLIMIT_CORE); "
    "resource.setrlimit(resource.RLIMIT_CORE, (most, most)); os.kill(os.getpid(), signal.SIGSEGV)"
)
CHANNELS = {
    "process", "accessibility tree", "X properties", "selections", "accessibility bus", "session bus",
    "files",
}  # fmt: skip
PLANTED = {
    "password": "Ы8π-Plantado-θ2Ξk",
    "account": "canario_api",
    "token": "eyJraWQiOiJkdW1teSJ9." + "Q0FOQVJJTy1jdWVycG8" * 20 + ".ZmlybWEtY2FuYXJpbw",
    "code": "402817",
    "key": "KANA RIOC LAVE DEUN AAPP DEAU TENT ICAC IONX YZ23 4567 QWER",
    "symbol": "0000110101111110100111111000100111011100010110100000001",
}


# -- the sweep finds what is there


@pytest.mark.parametrize("secret", ["password", "account", "token", "key", "symbol"])
@pytest.mark.parametrize(
    "hide",
    [
        str.encode,
        lambda text: text[::-1].encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-be"),
        lambda text: json.dumps({"value": text}).encode(),
        lambda text: json.dumps(json.dumps({"value": text})).encode(),
        lambda text: repr(text.encode()).encode(),
        lambda text: ascii(text).encode(),
        lambda text: urlencode({"value": text}).encode(),
        lambda text: f"value={text}".encode().hex().encode(),
        lambda text: f"value={text}".encode().hex().upper().encode(),
        *(
            lambda text, before=before, encode=encode: encode(f"{before}{text}!".encode())
            for before in ("", "a", "ab", "user:")
            for encode in (b64encode, urlsafe_b64encode)
        ),
    ],
)
def test_every_disguise_is_seen_through(secret: str, hide: Callable[[str], bytes]) -> None:
    sweep = Sweep()
    sweep.know(secret, PLANTED[secret])
    sweep.collect("log", "a line", b"before " + hide(PLANTED[secret]) + b" after")
    assert {finding.secret for finding in sweep.findings()} == {secret}
    sweep = Sweep()
    sweep.know(secret, PLANTED[secret])
    sweep.collect("log", "a line", b"before " + hide("Something-else-2026") + b" after")
    assert sweep.findings() == []


def test_six_digits_of_a_longer_number_are_no_code() -> None:
    sweep = Sweep()
    sweep.know("code", "402817")
    sweep.collect("log", "a line", "1402817 4028170 x402817")
    assert sweep.findings() == []


def test_a_token_cut_short_is_found() -> None:
    sweep = Sweep()
    token = PLANTED["token"]
    sweep.know("token", token)
    for cut in (token[:40], token[len(token) // 2 - 20 :][:60], token[-40:]):
        sweep.collect("log", cut, cut)
    assert {found.place for found in sweep.findings()} == {
        token[:40],
        token[-40:],
        token[len(token) // 2 - 20 :][:60],
    }


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Sweep]:
    """What is collected of a program that lets each secret out by each door."""
    with stage() as the_stage:
        _plant(the_stage, tmp_path)
        yield the_stage.sweep


def _plant(the_stage: Stage, tmp_path: Path) -> None:
    desktop = the_stage.desktop
    secrets = tmp_path / "secrets"
    secrets.write_text("\n".join(PLANTED.values()), "utf-8")
    everything = " | ".join(PLANTED.values())
    argv = [sys.executable, "-m", "tests.canary_plants", str(secrets), everything]
    for name, value in PLANTED.items():
        the_stage.sweep.know(name, value)
    with desktop.program(argv, the_stage.environment | {"PLANTED": everything}) as program:
        wait_until(lambda: "told" in program.log.read_text("utf-8"), "the planting")
        field = program.root.find(Role.TEXT)
        field.click(desktop.input)
        field.wait_state(State.FOCUSED)
        desktop.input.type(everything)
        field.wait_count(len(everything))
        wait_until(lambda: "Selection text" in the_stage.selections.read_text("utf-8"), "the selection")
        the_stage.look("planted", program.root, program.process.pid)


def test_what_is_let_out_by_any_door_is_found(planted: Sweep) -> None:
    found = {(finding.channel, finding.secret) for finding in planted.findings()}
    assert found == {(channel, secret) for channel in CHANNELS for secret in PLANTED}
    places = {finding.place.partition(": ")[2] for finding in planted.findings()}
    for door in ("/cmdline", "/environ", "_NET_WM_NAME", "keys", "/planted", ".log", "messages"):
        assert any(door in place for place in places), door


# -- and in the program it finds nothing

telling = pytest.mark.timeout(300)
"""Of every test that the story is told for: a minute, on a busy machine two."""


@pytest.fixture(scope="module")
def story() -> Iterator[Story]:
    """A whole session, told once for all tests."""
    with ExitStack() as stack:
        the_stage = stack.enter_context(stage())
        logind = stack.enter_context(stub_logind(the_stage.environment["DBUS_SYSTEM_BUS_ADDRESS"]))
        cloud = Cloud()
        cloud.start()
        stack.callback(cloud.stop)
        told = Story(the_stage, stack.enter_context(far_ends(cloud, the_stage)), logind)
        told.sign_in_and_be_kept()
        told.restore_and_reset()
        told.change_and_verify()
        told.crash()
        yield told


@telling
def test_no_secret_is_anywhere(story: Story) -> None:
    sweep = story.stage.sweep
    assert sweep.findings(_is_allowed) == []
    # Nothing was left out: every channel was heard, every secret was there to be found.
    assert set(sweep.channels) == CHANNELS
    assert {name for name, values in sweep.secrets.items() if values} == SECRETS
    assert all(len(sweep.secrets[token]) >= 6 for token in ("ID token", "access token", "refresh token"))
    held = [int(line.split()[-2]) for line in story.bugs]
    assert min(held) >= 8, "the bugs had no secrets to tell"


@telling
@pytest.mark.parametrize("secret", IN_SIGHT)
def test_what_is_typed_and_shown_in_sight_is_told_there_alone(story: Story, secret: str) -> None:
    """By its own field or label. When the view has been left it is nowhere."""
    told = [finding for finding in story.stage.sweep.findings() if finding.secret == secret]
    states: dict[str, set[str]] = {"accessibility tree": set(), "accessibility bus": set()}
    for finding in told:
        states[finding.channel].add(finding.place.partition(": ")[0])
    assert states["accessibility tree"] == IN_SIGHT[secret]
    assert states["accessibility bus"] <= IN_SIGHT[secret] | AFTERWARDS
    assert set(story.states) >= AFTERWARDS


@telling
def test_the_log_is_there_and_knows_of_each_bug(story: Story) -> None:
    # So talkative a program fills more than one file.
    files = (story.stage.state_folder / "log").glob("ingenes-desktop.log*")
    log = "".join(path.read_text("ascii") for path in files)
    # At the end of the program there are two: the second when the log has been closed.
    assert log.count("ERROR bug error=ValueError location=stumble:") == len(story.bugs) - 1
    assert "tokens_renewed" in log
    assert "renewal_refused code=session_ended" in log
    assert "device_confirmed" in log


@telling
def test_nothing_is_written_elsewhere(story: Story) -> None:
    home = story.stage.desktop.home
    assert {path for path in story.written if not path.is_relative_to(home)} <= {Path("/dev/null")}
    assert any(path.suffix == ".vault" for path in story.written), "the ears are deaf"


@telling
def test_a_crash_leaves_no_core(story: Story, tmp_path: Path) -> None:
    assert [line.split()[4:6] for line in story.limits if line.startswith("Max core file size")] == [
        ["0", "0"]
    ]
    assert story.cores == []
    # What the same end would have left without the program's own refusal, where the system writes a file.
    if Path("/proc/sys/kernel/core_pattern").read_text("ascii").strip() == "core":
        subprocess.run(
            [sys.executable, "-c", DUMPED, PLANTED["password"]], cwd=tmp_path, check=False, timeout=30
        )
        (core,) = tmp_path.glob("core*")
        assert PLANTED["password"].encode() in core.read_bytes()


def _is_allowed(finding: Finding) -> bool:
    """The client's secret where the administrator put it, the vault where it lies, what is in sight."""
    if finding.secret == "client secret":
        return finding.channel == "files" and finding.place.endswith(SETTINGS_FILE)
    if finding.secret == "vault file":
        return finding.channel == "files" and finding.place.endswith(".vault")
    return finding.secret in IN_SIGHT  # they have a test of their own
