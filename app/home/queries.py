"""What the start page tells everybody: the pathways of the universities."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.models.programmes import Programme, Provider


def programmes(session: Session) -> Sequence[Programme]:
    """Every programme with its university and modules, by university and then in the order of the levels."""
    return session.scalars(
        select(Programme)
        .join(Programme.provider)
        .options(joinedload(Programme.provider), selectinload(Programme.modules))
        .order_by(Provider.name, Programme.id)
    ).all()
