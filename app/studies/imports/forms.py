"""Which registry file is taken in."""

from flask_wtf.file import FileRequired
from wtforms.validators import DataRequired

from app.models.studies import RegistryKind
from app.web.fields import Form, OneOf, Upload


class UploadForm(Form):
    """A registry file to import."""

    kind = OneOf(
        "What does the file list?",
        choices=[(kind.value, kind.value.capitalize()) for kind in RegistryKind],
        validators=[DataRequired("Choose what the file lists")],
    )
    file = Upload("The file", validators=[FileRequired("Choose a file")])
