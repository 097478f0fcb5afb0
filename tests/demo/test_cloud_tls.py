"""The demo cloud over https, and what its throw-away certificate leaves behind: nothing."""

import json
import socket
import ssl
import stat
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest
import requests
import trustme
from botocore import UNSIGNED
from botocore.config import Config
from cryptography import x509

from ingenes_desktop.demo.aws_request import Answer
from ingenes_desktop.demo.certificates import CertificateError, ThrowAwayAuthority, certificate_file
from ingenes_desktop.demo.http_server import HttpServer
from ingenes_desktop.demo.process import CloudDescription, CloudProcess

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")


@pytest.fixture(scope="module")
def authority() -> ThrowAwayAuthority:
    return ThrowAwayAuthority()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, of this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))  # this process
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))  # the child
    return folder


@pytest.fixture
def served(temporary: Path) -> Iterator[CloudDescription]:
    child = CloudProcess(["--tls", "--filemaker-port", str(free_port())])
    yield child.start()
    assert child.stop() == 0
    assert list(temporary.iterdir()) == []


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def log_in(description: CloudDescription, host: str, **options: object) -> requests.Response:
    account = (description.filemaker["username"], description.filemaker["password"])
    address = description.filemaker["base_url"].replace("127.0.0.1", host) + "/sessions"
    return requests.post(address, auth=account, json={}, timeout=10, **options)  # type: ignore[arg-type]  # verify


def test_both_servers_show_a_certificate_of_the_authority(served: CloudDescription) -> None:
    for host in ("127.0.0.1", "localhost"):
        assert log_in(served, host, verify=served.certificate).status_code == 200
    with pytest.raises(requests.exceptions.SSLError):
        log_in(served, "127.0.0.1")
    endpoint = served.environment["INGENES_ENDPOINT_COGNITO_IDP"]
    idp = boto3.client(
        "cognito-idp",
        region_name=served.environment["INGENES_AWS_REGION"],
        endpoint_url=endpoint,
        verify=served.certificate,
        config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
    )
    account = served.accounts[0]
    signed_in = idp.initiate_auth(
        ClientId=served.environment["INGENES_COGNITO_CLIENT_ID"],
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": account.username, "PASSWORD": account.password},
    )
    assert signed_in["AuthenticationResult"]["IdToken"]
    assert requests.get(served.mailbox, verify=served.certificate, timeout=10).json() == []
    assert requests.get(served.control, verify=served.certificate, timeout=10).json()["faults"] == []
    for address in (served.mailbox, served.control, endpoint, served.filemaker["base_url"]):
        assert urlsplit(address).scheme == "https"


@on_posix
def test_only_the_certificate_is_in_a_file_and_only_this_user_reads_it(
    served: CloudDescription, temporary: Path
) -> None:
    certificate = Path(served.certificate)
    assert certificate.parent.parent == temporary
    assert stat.S_IMODE(certificate.parent.stat().st_mode) == 0o700
    assert [each for each in temporary.rglob("*") if each.is_file()] == [certificate]
    assert "PRIVATE" not in certificate.read_text()


def test_a_client_that_stays_silent_holds_nobody_up(served: CloudDescription) -> None:
    for address in (served.mailbox, served.filemaker["base_url"]):
        parts = urlsplit(address)
        silent = socket.create_connection((str(parts.hostname), parts.port or 0), timeout=10)
        assert log_in(served, "127.0.0.1", verify=served.certificate).status_code == 200
        assert requests.get(served.mailbox, verify=served.certificate, timeout=10).ok
        silent.close()


def test_stopping_does_not_wait_for_a_client_that_stays_silent(authority: ThrowAwayAuthority) -> None:
    before = set(threading.enumerate())
    server = HttpServer(
        lambda _: Answer(200, b"", {}), port=0, clock=time.time, ssl_context=authority.server_context()
    )
    server.start()
    with socket.create_connection(("127.0.0.1", urlsplit(server.url).port or 0), timeout=10) as silent:
        deadline = time.monotonic() + 10
        while len(set(threading.enumerate()) - before) < 2:  # the server's thread and the connection's
            assert time.monotonic() < deadline
        server.stop()
        assert set(threading.enumerate()) <= before
        assert silent.recv(1) == b""


def test_the_certificates_pass_openssls_strict_rules(authority: ThrowAwayAuthority) -> None:
    """Python 3.13's clients ask for them by default."""
    client = ssl.create_default_context(cadata=authority.pem.decode())
    client.verify_flags |= ssl.VerifyFlags.VERIFY_X509_STRICT
    server = authority.server_context()
    assert hand_shake(client, server, "localhost") == "TLSv1.3"
    assert hand_shake(client, server, "127.0.0.1") == "TLSv1.3"
    with pytest.raises(ssl.SSLCertVerificationError):
        hand_shake(client, server, "clinica.example")
    with pytest.raises(ssl.SSLCertVerificationError):
        hand_shake(client, ThrowAwayAuthority().server_context(), "localhost")


def hand_shake(client: ssl.SSLContext, server: ssl.SSLContext, name: str) -> str | None:
    """The protocol both agree on, without a network: each is given what the other has written."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking = client.wrap_bio(to_client, to_server, server_hostname=name)
    answering = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(3):
        for side in (asking, answering):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return asking.version()


def test_the_authority_may_vouch_for_this_machine_alone(authority: ThrowAwayAuthority) -> None:
    certificate = x509.load_pem_x509_certificate(authority.pem)
    limits = certificate.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert [str(each.value) for each in limits.value.permitted_subtrees or ()] == [
        "localhost",
        "127.0.0.1/32",
        "::1/128",
    ]


def test_a_file_of_ones_own_choice_is_there_while_it_is_needed(
    authority: ThrowAwayAuthority, tmp_path: Path
) -> None:
    wanted = tmp_path / "demo.pem"
    with certificate_file(authority.pem, wanted) as path:
        assert path == wanted
        assert wanted.read_bytes() == authority.pem
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_demo_has_left_is_replaced(authority: ThrowAwayAuthority, tmp_path: Path) -> None:
    wanted = tmp_path / "demo.pem"
    wanted.write_bytes(ThrowAwayAuthority().pem)
    with certificate_file(authority.pem, wanted):
        assert wanted.read_bytes() == authority.pem


def test_a_file_that_another_program_puts_there_meanwhile_stays(
    authority: ThrowAwayAuthority, tmp_path: Path
) -> None:
    wanted = tmp_path / "demo.pem"
    with certificate_file(authority.pem, wanted):
        wanted.write_text("another's")
    assert wanted.read_text() == "another's"


@pytest.mark.parametrize("content", [b"", b"somebody's", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_any_other_file_is_left_alone(authority: ThrowAwayAuthority, tmp_path: Path, content: bytes) -> None:
    wanted = tmp_path / "demo.pem"
    wanted.write_bytes(content)
    with pytest.raises(CertificateError, match="left alone"), certificate_file(authority.pem, wanted):
        pass
    assert wanted.read_bytes() == content


def test_another_authoritys_certificate_is_left_alone(authority: ThrowAwayAuthority, tmp_path: Path) -> None:
    wanted = tmp_path / "demo.pem"
    content = trustme.CA().cert_pem.bytes()
    wanted.write_bytes(content)
    with pytest.raises(CertificateError, match="left alone"), certificate_file(authority.pem, wanted):
        pass
    assert wanted.read_bytes() == content


@on_posix
def test_a_link_is_left_alone_even_where_it_leads_to_an_earlier_demos(
    authority: ThrowAwayAuthority, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.pem"
    earlier.write_bytes(authority.pem)
    link = tmp_path / "link.pem"
    link.symlink_to(earlier)
    with pytest.raises(CertificateError, match="left alone"), certificate_file(authority.pem, link):
        pass
    assert earlier.read_bytes() == authority.pem


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "that is a folder"), ("missing/demo.pem", "does not exist"), ("\0", "no file name")],
)
def test_places_that_take_no_file(
    authority: ThrowAwayAuthority, tmp_path: Path, name: str, words: str
) -> None:
    with pytest.raises(CertificateError, match=words), certificate_file(authority.pem, tmp_path / name):
        pass


def test_without_a_folder_for_private_files(
    authority: ThrowAwayAuthority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    with pytest.raises(CertificateError, match="private files"):
        authority.server_context()
    with pytest.raises(CertificateError, match="private files"), certificate_file(authority.pem, None):
        pass


@on_posix
def test_a_disk_that_is_full_keeps_no_half_file(tmp_path: Path) -> None:
    """Beyond what a process may write (RLIMIT_FSIZE) it is as on a full disk."""
    import resource  # noqa: PLC0415  POSIX only
    import signal  # noqa: PLC0415  likewise

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(CertificateError), certificate_file(b"x" * 100, tmp_path / "demo.pem"):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert list(tmp_path.iterdir()) == []


def test_the_description_without_tls_names_no_certificate() -> None:
    line = {"environment": {}, "filemaker": {}, "accounts": [], "mailbox": "", "control": "", "databases": []}
    assert CloudDescription.from_line(json.dumps(line)).certificate == ""
