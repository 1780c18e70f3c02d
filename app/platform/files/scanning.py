"""Asks a virus scanner, clamd, about a file over its socket; the protocol is INSTREAM of its manual (man 8 clamd)."""

import socket
import struct
from urllib.parse import urlsplit

CHUNK_BYTES = 64 * 1024
SECONDS = 30.0
ANSWER_BYTES_MAX = 4096


class NotScanned(Exception):
    """The scanner could not be asked, or did not say what it found; the message is for the log."""


def virus_in(address: str, content: bytes) -> str | None:
    """The name of the virus that clamd finds, or None; raises NotScanned. `address` is unix:///PATH or tcp://HOST:PORT."""
    try:
        with connected(address) as scanner:
            scanner.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK_BYTES):
                chunk = content[start : start + CHUNK_BYTES]
                scanner.sendall(struct.pack("!L", len(chunk)) + chunk)
            scanner.sendall(struct.pack("!L", 0))
            said = answer_of(scanner)
    except OSError as failure:
        raise NotScanned(f"clamd at {address}: {failure}") from failure
    if said == "stream: OK":
        return None
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    raise NotScanned(f"clamd at {address} says: {said}")


def connected(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme == "tcp":
        return socket.create_connection((parts.hostname or "", parts.port or 0), SECONDS)
    scanner = socket.socket(socket.AF_UNIX)
    scanner.settimeout(SECONDS)
    try:
        scanner.connect(parts.path)
    except OSError:
        scanner.close()
        raise
    return scanner


def answer_of(scanner: socket.socket) -> str:
    """What it says, up to the zero byte with which it ends."""
    said = b""
    while not said.endswith(b"\0") and len(said) < ANSWER_BYTES_MAX:
        part = scanner.recv(ANSWER_BYTES_MAX)
        if not part:
            break
        said += part
    return said.rstrip(b"\0").decode("utf-8", "replace")
