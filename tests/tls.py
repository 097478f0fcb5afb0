"""Certificates for a far end of the tests: good ones, and every kind of bad one."""

import ssl
import warnings
from datetime import UTC, datetime, timedelta
from functools import cache

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ingenes_desktop.adapters.transport import system_trust

_DAY = timedelta(days=1)


class Authority:
    """One certificate authority, and what it hands out. One for a test session: keys take time."""

    def __init__(self) -> None:
        self._authority = trustme.CA()
        self._stranger = trustme.CA()

    @property
    def pem(self) -> str:
        """The authority's own certificate."""
        return self._authority.cert_pem.bytes().decode("ascii")

    def trust(self) -> ssl.SSLContext:
        """The production trust, and this authority beside the system's."""
        context = system_trust()
        context.load_verify_locations(cadata=self.pem)
        return context

    @cache  # noqa: B019  one authority lives as long as the session
    def valid(self, host: str) -> ssl.SSLContext:
        """What the far end should show."""
        return _served_by(self._authority.issue_cert(host).private_key_and_cert_chain_pem)

    def expired(self, host: str) -> ssl.SSLContext:
        """It ended yesterday (OpenSSL's code 10)."""
        now = datetime.now(UTC)
        certificate = self._authority.issue_cert(host, not_before=now - 30 * _DAY, not_after=now - _DAY)
        return _served_by(certificate.private_key_and_cert_chain_pem)

    def not_yet_valid(self, host: str) -> ssl.SSLContext:
        """It begins tomorrow (9)."""
        now = datetime.now(UTC)
        certificate = self._authority.issue_cert(host, not_before=now + _DAY, not_after=now + 30 * _DAY)
        return _served_by(certificate.private_key_and_cert_chain_pem)

    def for_another_host(self, _host: str) -> ssl.SSLContext:
        """It is somebody else's (62)."""
        return self.valid("otro.example")

    def of_unknown_issuer(self, host: str) -> ssl.SSLContext:
        """What a TLS-inspecting proxy shows whose authority was not installed here (19 or 20)."""
        return _served_by(self._stranger.issue_cert(host).private_key_and_cert_chain_pem)

    def self_signed(self, host: str) -> ssl.SSLContext:
        """It vouches for itself (18)."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _DAY)
            .not_valid_after(now + _DAY)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .sign(key, hashes.SHA256())
        )
        pem = certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return _served_by(trustme.Blob(pem))

    def only_tls_1_0(self, host: str) -> ssl.SSLContext:
        """A right certificate, over a protocol of 1999."""
        context = _served_by(self._authority.issue_cert(host).private_key_and_cert_chain_pem)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # that it is out of date is the point
            context.minimum_version = ssl.TLSVersion.TLSv1
            context.maximum_version = ssl.TLSVersion.TLSv1
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        return context


def _served_by(key_and_chain: trustme.Blob) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with key_and_chain.tempfile() as path:
        context.load_cert_chain(path)
    return context
