"""Tells by its content, and never by its name, what kind a file is; only kinds that can be evidence are known."""

import enum
import io
import zipfile


class FileKind(enum.Enum):
    """A kind of file with its media type and the ending that its name gets."""

    PDF = ("application/pdf", "pdf")
    JPEG = ("image/jpeg", "jpg")
    PNG = ("image/png", "png")
    DOCX = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
    XLSX = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
    PPTX = ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx")
    ODT = ("application/vnd.oasis.opendocument.text", "odt")

    def __init__(self, media_type: str, ending: str) -> None:
        self.media_type, self.ending = media_type, ending


_BEGINS = {b"%PDF-": FileKind.PDF, b"\xff\xd8\xff": FileKind.JPEG, b"\x89PNG\r\n\x1a\n": FileKind.PNG}
_MAIN_PARTS = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "ppt/presentation.xml": FileKind.PPTX,
}


def kind_of(content: bytes) -> FileKind | None:
    """The kind, or None where it is none of these, is damaged, or is an office document that carries macros."""
    for beginning, kind in _BEGINS.items():
        if content.startswith(beginning):
            return kind
    return _kind_of_office(content) if content.startswith(b"PK\x03\x04") else None


def _kind_of_office(content: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any("vbaproject" in name.lower() for name in names):
                return None
            if "mimetype" in names:
                with archive.open("mimetype") as said:
                    is_text = said.read(100) == FileKind.ODT.media_type.encode()
                return (
                    FileKind.ODT if is_text and not any(n.startswith(("Basic/", "Scripts/")) for n in names) else None
                )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
