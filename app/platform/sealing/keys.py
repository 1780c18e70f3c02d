"""Keys with which a service signs: RSA, their secret half a file that a passphrase locks, their public half for all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.x509.oid import NameOID
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from app.platform.files.kept import keep_as

BITS = 3072
PUBLIC_EXPONENT = 65537
LIFE_OF_A_CERTIFICATE = timedelta(days=365 * 30)  # records outlive careers, and a reader of PDF files looks at this
NAME_MAX = 64  # letters of a common name in a certificate
SIGNS_ONLY = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


class NoKey(Exception):
    """The secret half of a key cannot be had; the message says why, for whoever runs the service."""


@dataclass(frozen=True)
class PublicKey:
    """What everybody may know of a key: its numbers as a JWK. Its `id` is told from them (RFC 7638)."""

    jwk: dict[str, Any]

    @classmethod
    def of(cls, key: Any) -> "PublicKey":
        """That of a JWK that somebody gives; raises ValueError where it is no RSA key of a size that is safe."""
        try:
            read = RSAKey.import_key({name: key[name] for name in ("kty", "n", "e")})
            bits = read.raw_value.key_size
        except (JoseError, ValueError, KeyError, TypeError, AttributeError) as fault:
            raise ValueError("this is no RSA key in the form of a JWK") from fault
        if bits < 2048:
            raise ValueError("an RSA key of fewer than 2048 bits is not safe")
        return cls(dict(read.as_dict(private=False)))

    @cached_property
    def id(self) -> str:
        return self.key.thumbprint()

    @cached_property
    def key(self) -> RSAKey:
        return RSAKey.import_key({name: self.jwk[name] for name in ("kty", "n", "e")})


@dataclass(frozen=True)
class SigningKey:
    """A whole key with the certificate that a sealed PDF carries."""

    private: RSAPrivateKey
    certificate: x509.Certificate

    @cached_property
    def jwk(self) -> RSAKey:
        return RSAKey.import_key(self.private)

    @cached_property
    def public(self) -> PublicKey:
        return PublicKey.of(self.jwk.as_dict(private=False))

    @property
    def certificate_text(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


def new_key(service: str, now: datetime, bits: int = BITS) -> SigningKey:
    """A key of its own, with a certificate in which the service vouches for itself: who it is, its address tells."""
    private = generate_private_key(PUBLIC_EXPONENT, bits)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, service[:NAME_MAX])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFE_OF_A_CERTIFICATE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(SIGNS_ONLY, critical=True)
        .sign(private, hashes.SHA256())
    )
    return SigningKey(private, certificate)


def keep_key(folder: Path, passphrase: str, key: SigningKey) -> Path:
    """Write the secret half, locked with the passphrase, where only this service reads it."""
    locked = key.private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )
    name = file_name(key.public.id)
    keep_as(folder, name, locked)
    return folder / name


def kept_key(folder: Path, passphrase: str, key_id: str, certificate: str) -> SigningKey:
    """The key that `keep_key` wrote; raises NoKey where its file is missing or the passphrase another."""
    file = folder / file_name(key_id)
    try:
        private = serialization.load_pem_private_key(file.read_bytes(), passphrase.encode())
    except OSError as fault:
        raise NoKey(f"{file} cannot be read: {fault.strerror}.") from fault
    except (ValueError, TypeError) as fault:
        raise NoKey(f"{file} does not open with RPE_KEYS_PASSPHRASE.") from fault
    if not isinstance(private, RSAPrivateKey):
        raise NoKey(f"{file} holds no RSA key.")
    return SigningKey(private, x509.load_pem_x509_certificate(certificate.encode()))


def file_name(key_id: str) -> str:
    return f"{key_id}.pem"
