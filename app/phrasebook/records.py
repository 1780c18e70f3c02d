"""What kind of record an audit line is about, in the words of the pages."""

import re

OTHER_WORDS = {
    "ColumnNames": "names of columns",
    "ExcludedMentor": "excluded mentor",
    "Message": "mail",
    "MentorAbsence": "absence",
    "OneTimeLink": "link",
    "RegistryImport": "import",
    "RoleGrant": "role",
    "SupervisionSession": "session",
    "UploadedFile": "registry file",
}


def kind_of_record(name: str) -> str:
    """The words for a class of records: MatchRound is a match round."""
    return OTHER_WORDS.get(name) or " ".join(re.findall("[A-Z][a-z]*", name)).lower()
