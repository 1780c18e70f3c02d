"""Reads the exports of public registries into plain records, without a database."""
