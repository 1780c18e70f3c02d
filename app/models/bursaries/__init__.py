"""Bursaries that pay for a level: calls, applications, how they are assessed, and what is spent."""

from app.models.bursaries import applications, assessing, calls, spending

__all__ = ["applications", "assessing", "calls", "spending"]
