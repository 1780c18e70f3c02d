"""The seal of a PDF: an invisible signature (PAdES) over the whole file, after which nothing may be added.

pyHanko brings much with it and takes seconds to be imported, so it is imported when the first file is sealed or looked
at, and never by a command that does neither.
"""

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from joserfc.jwk import RSAKey

from app.platform.sealing.keys import PublicKey, SigningKey

FIELD = "Seal"
DIGEST = "sha256"
GAP = re.compile(rb"<((?:[0-9A-F]{2})+)>")


class BrokenSeal(Exception):
    """The file is not as it was sealed, or was never sealed; the message says what is wrong."""


def sealed(pdf: bytes, key: SigningKey, why: str, where: str) -> bytes:
    """The file with the seal of a key; `why` and `where` are shown by readers of PDF files."""
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    private = key.private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    signer = SimpleSigner(
        signing_cert=Certificate.load(key.certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=PrivateKeyInfo.load(private),
        cert_registry=SimpleCertificateStore(),
    )
    said = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=why,
        location=where,
    )
    out = io.BytesIO()
    apart(lambda: PdfSigner(said, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out))
    return out.getvalue()


def sealed_by(pdf: bytes) -> PublicKey:
    """Whose seal the file has; raises BrokenSeal where it has none, or is not as it was sealed.

    Whether the key is one to believe is for whoever asks: the certificate in the file vouches for itself.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if len(signatures) != 1:
            raise BrokenSeal("it is not sealed")
        signature = signatures[0]
        insist_on_plain_gap(pdf, signature.byte_range)
        trusts = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
        found = apart(lambda: validate_pdf_signature(signature, trusts))
        covers_all = found.coverage is SignatureCoverageLevel.ENTIRE_FILE
        if not (found.intact and found.valid and covers_all and found.modification_level is ModificationLevel.NONE):
            raise BrokenSeal("it is not as it was sealed")
        return key_of_certificate(signature.signer_cert.dump())
    except BrokenSeal:
        raise
    except Exception as fault:  # whoever reads files that anybody may have made must expect anything
        raise BrokenSeal("its seal cannot be read") from fault


def insist_on_plain_gap(pdf: bytes, byte_range: Any) -> None:
    """The seal covers all but the place in which it stands: there may be nothing but the seal, written in one way."""
    _, before, after, rest = byte_range
    written = GAP.fullmatch(pdf[before:after])
    if byte_range[0] != 0 or after + rest != len(pdf) or written is None:
        raise BrokenSeal("its seal does not cover the whole file")
    content = bytes.fromhex(written[1].decode())
    if any(content[length_of_der(content) :]):
        raise BrokenSeal("something stands beside its seal")


def length_of_der(content: bytes) -> int:
    """How many bytes the first thing in DER takes, its tag and its length included."""
    if content[1] < 0x80:
        return 2 + content[1]
    size = content[1] & 0x7F
    return 2 + size + int.from_bytes(content[2 : 2 + size], "big")


def key_of_certificate(der: bytes) -> PublicKey:
    public = x509.load_der_x509_certificate(der).public_key()
    if not isinstance(public, RSAPublicKey):
        raise BrokenSeal("it is sealed with a key of another kind")
    return PublicKey.of(RSAKey.import_key(public).as_dict(private=False))


def apart(deed: Callable[[], Any]) -> Any:
    """Do it in a thread of its own: the library runs an event loop, of which a thread can have one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(deed).result()
