"""Papers other than records that this service sealed and gave out, so that it can say of a file that it was its own."""

from datetime import datetime

from sqlalchemy import Connection, ForeignKey, LargeBinary, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from app.models.base import Base


class SealedPaper(Base):
    """A PDF as it was sealed for a person, who takes it away again whenever she likes; `title` says what it is."""

    __tablename__ = "sealed_papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    title: Mapped[str]
    key_id: Mapped[str] = mapped_column(ForeignKey("record_keys.id"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    sealed_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


@event.listens_for(SealedPaper, "before_update")
@event.listens_for(SealedPaper, "before_delete")
def refuse_to_change_what_was_sealed(mapper: Mapper[SealedPaper], connection: Connection, row: SealedPaper) -> None:
    raise ValueError("a paper that was sealed is never changed or removed")
