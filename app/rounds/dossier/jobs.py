"""The job that makes the dossier of a publication, beside everything else: it reads and checks the whole problem."""

import hashlib
import json
import zlib

from flask import current_app
from sqlalchemy.orm import Session

from app.config import Settings
from app.models.operations.jobs import Lane
from app.models.publications import Dossier, Publication
from app.platform.clock import now
from app.platform.db import transaction, write_patiently
from app.platform.jobs import job
from app.rounds.dossier import archive
from app.rounds.dossier.contents import parts_of


@job("make a dossier", Lane.LONG)
def make_dossier(publication_id: int) -> None:
    """Make and keep it, unless it is there; one whose publication was taken back meanwhile is not made."""
    settings: Settings = current_app.extensions["rpe_settings"]
    with transaction(writing=False) as session:
        publication = session.get_one(Publication, publication_id)
        if publication.taken_back_at is not None or session.get(Dossier, publication_id) is not None:
            return
        dossier = made_of(session, publication, settings.service_name)
    write_patiently(lambda session: session.merge(dossier))


def made_of(session: Session, publication: Publication, service_name: str) -> Dossier:
    parts = parts_of(session, publication, service_name)
    data = archive.packed(parts)
    return Dossier(
        publication_id=publication.id,
        made_at=now(),
        sha256=hashlib.sha256(data).hexdigest(),
        number_of_bytes=len(data),
        quality=json.loads(parts[archive.QUALITY]),
        shares=json.loads(parts[archive.SHARES]),
        content=zlib.compress(data),
    )
