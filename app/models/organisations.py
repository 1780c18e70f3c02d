"""Networks, organisations and research specialties: the reference records that everything else points to."""

import enum
from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.values.folded_names import HasFoldedName


class Network(Base):
    """A research delivery network of one region."""

    __tablename__ = "networks"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    host_name: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"))


class Organisation(HasFoldedName, Base):
    """A provider of health or care, known by its ODS code."""

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    ods_code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    postcode: Mapped[str] = mapped_column(default="")
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    network_id: Mapped[int | None] = mapped_column(ForeignKey("networks.id"), index=True)

    network: Mapped[Network | None] = relationship()


class SpecialtyKind(enum.Enum):
    """Whether the entry names a field of medicine or a place of care."""

    SPECIALTY = "specialty"
    SETTING = "setting"


class Specialty(Base):
    """A research specialty or setting as the networks name it, with the time for which the name was valid."""

    __tablename__ = "specialties"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[SpecialtyKind] = mapped_column(default=SpecialtyKind.SPECIALTY)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
