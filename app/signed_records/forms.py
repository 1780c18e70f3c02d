"""What somebody gives who wants a record checked."""

from flask_wtf.file import FileRequired

from app.language.refusal import Refused
from app.web.fields import Form, Upload

BYTES_MAX = 10 * 1024 * 1024


class CheckForm(Form):
    """One file: the whole record, its PDF, or its credential."""

    file = Upload("The file to check", validators=[FileRequired("Choose a file")])

    def content(self) -> bytes:
        """What was sent; raises Refused where no record is that large."""
        sent: bytes = self.file.data.read(BYTES_MAX + 1)
        if len(sent) > BYTES_MAX:
            raise Refused("This file is larger than any record. Choose the file as it was downloaded", "file")
        return sent
