"""How each level is evaluated: who was asked, what was said without names, and the figures that were published."""

from app.models.evaluation import askings, figures, replies

__all__ = ["askings", "figures", "replies"]
