"""What a programme lead gives to have a record of elsewhere read, and says when she takes it."""

from collections.abc import Sequence

from flask_wtf.file import FileRequired

from app.language.refusal import Refused
from app.signed_records.forms import BYTES_MAX
from app.web.fields import Form, Pick, SureForm, Upload

KEY_BYTES_MAX = 20_000
FROM_FILE = "file"


class ReadForm(Form):
    """The whole file, and the key to believe: as a file, or from a service that this one may ask."""

    file = Upload("The signed record (ZIP file)", validators=[FileRequired("Choose the signed record")])
    issuer = Pick("Who says which key is to be believed?")
    key = Upload("The public key of the issuer (JWK file)")

    def offer_issuers(self, addresses: Sequence[str]) -> None:
        self.issuer.offer([("", "I have the key as a file"), *((one, one) for one in addresses)])

    def content(self) -> bytes:
        """The record; raises Refused where no record is that large."""
        sent: bytes = self.file.data.read(BYTES_MAX + 1)
        if len(sent) > BYTES_MAX:
            raise Refused("This file is larger than any record. Choose the file as it was downloaded", "file")
        return sent

    def key_content(self) -> bytes:
        """The key; raises Refused where none was given."""
        if not self.key.data:
            raise Refused("Choose the file with the public key of the issuer", "key")
        sent: bytes = self.key.data.read(KEY_BYTES_MAX)
        return sent


class TakeForm(SureForm):
    """Nothing but whether it is hers, where it names somebody else."""
