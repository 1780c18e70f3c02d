"""What stands beside a record in its file: what the parts are, and how to check them."""

from app.signed_records.bundle.credential import Issuing


def words_for(issuing: Issuing) -> str:
    """The text for one record; it names nobody."""
    return f"""Record of a Research Practice Experience placement

Issued by {issuing.issuer_name}, {issuing.issuer}.

record.pdf      the record to read, sealed: a reader of PDF files says whether it was changed
record.json     the same record for programs
credential.jwt  the achievement as an Open Badges 3.0 credential (a VC-JWT, signed with RS256). It carries the
                SHA-256 of each of the other parts
key.json        the public key, as it also stands at
                {issuing.key_address}

To check it
1. Open {issuing.address}
   It says whether the record is valid, or was replaced or withdrawn since. There you can also give this file,
   unpacked or not, and are told whether it is as it was issued.
2. Without the website: rpe record verify FILE checks every byte of the file. Compare the key that it names with the
   address above; the certificate in the PDF is the service's own, so a reader of PDF files cannot know it.

The record is personal data. Whoever has this file can read it; the website shows nothing of it to anybody else.
"""
