"""Editors word the questions and decide which free text is shown."""
