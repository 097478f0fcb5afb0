"""A throw-away certificate authority for the demo's servers, and the file that shows it to their clients.

Its own key lives as long as the call that makes it; the server's is in a file only while OpenSSL reads it.
"""

import ipaddress
import os
import secrets
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ORGANIZATION = "ingenes-desktop demo"
FOLDER_PREFIX = "ingenes-desktop-demo-"
LARGEST_CERTIFICATE = 16 * 1024
_DAY = timedelta(days=1)
_LIFETIME = 30 * _DAY
_HOSTS = ("localhost",)
_ADDRESSES = ("127.0.0.1", "::1")


class CertificateError(Exception):
    """Why the certificate cannot be had or written: the end of a sentence."""


class ThrowAwayAuthority:
    """An authority made for this run, which may vouch for this machine's loopback alone."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name(f"throw-away authority {secrets.token_hex(4)}")
        public = self._key.public_key()
        self._certificate = (
            _builder(self._name, self._name, public)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.NameConstraints(_own_machine(), excluded_subtrees=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
            .sign(self._key, hashes.SHA256())
        )

    @property
    def pem(self) -> bytes:
        """The authority's certificate, for clients."""
        return self._certificate.public_bytes(Encoding.PEM)

    def server_context(self) -> ssl.SSLContext:
        """The server's side of TLS, for localhost and the loopback addresses.

        Raises CertificateError where there is no folder for private files.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        names = [
            *(x509.DNSName(host) for host in _HOSTS),
            *(x509.IPAddress(ipaddress.ip_address(address)) for address in _ADDRESSES),
        ]
        issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        certificate = (
            _builder(_name("localhost"), self._name, key.public_key())
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(issuer_key, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            with TemporaryDirectory(prefix=FOLDER_PREFIX) as folder:  # of mode 0700
                path = Path(folder, "server.pem")
                _create(path, certificate.public_bytes(Encoding.PEM) + private, mode=0o600)
                context.load_cert_chain(path)
        except OSError as error:
            raise CertificateError(f"there is no folder for private files ({error.strerror})") from None
        return context


@contextmanager
def certificate_file(pem: bytes, wanted: Path | None) -> Iterator[Path]:
    """The authority's certificate as a file while the body runs, at `wanted` or in a private folder.

    An earlier demo's certificate is replaced, any other file left alone. Raises CertificateError.
    """
    if wanted is not None:
        path = wanted.absolute()
        _write(path, pem)
        try:
            yield path
        finally:
            with suppress(OSError):
                if path.read_bytes() == pem:  # else somebody has put another file there
                    path.unlink()
        return
    try:
        folder = TemporaryDirectory(prefix=FOLDER_PREFIX, ignore_cleanup_errors=True)
    except OSError as error:
        raise CertificateError(f"there is no folder for private files ({error.strerror})") from None
    with folder as name:
        path = Path(name, "authority.pem")
        _write(path, pem)
        yield path


def _write(path: Path, pem: bytes) -> None:
    try:
        if _is_an_earlier_demos(path):
            path.unlink()
        _create(path, pem, mode=0o644)
    except FileExistsError:
        what = "that is a folder" if path.is_dir() else "another file is there, and is left alone"
        raise CertificateError(what) from None
    except FileNotFoundError:
        raise CertificateError("its folder does not exist") from None
    except OSError as error:
        raise CertificateError(str(error.strerror)) from None
    except ValueError:
        raise CertificateError("that is no file name") from None


def _create(path: Path, content: bytes, *, mode: int) -> None:
    """A new file; no part of it stays where it cannot be written whole. Raises OSError."""
    file = open(path, "xb", opener=partial(os.open, mode=mode))  # noqa: SIM115  closed by the next lines
    try:
        with file:
            file.write(content)
    except OSError:
        path.unlink()
        raise


def _is_an_earlier_demos(path: Path) -> bool:
    """Whether a demo that was ended by force has left its certificate there."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST_CERTIFICATE:
        return False
    try:
        subject = x509.load_pem_x509_certificate(path.read_bytes()).subject
    except ValueError:
        return False
    return any(
        name.value == ORGANIZATION for name in subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)  # a client's clock may be behind
        .not_valid_after(now + _LIFETIME)
    )


def _own_machine() -> list[x509.GeneralName]:
    """What the authority may vouch for: even a client that goes on trusting it stays safe."""
    return [
        *(x509.DNSName(host) for host in _HOSTS),
        *(x509.IPAddress(ipaddress.ip_network(address)) for address in _ADDRESSES),
    ]


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
