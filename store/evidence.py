"""Bytes by hash: a file is stored once, under its SHA-256, and never changed.

A file is written and synced before the transaction that refers to it: a reference never points at nothing.
"""

import os
from pathlib import Path
from threading import get_ident

from domain.evidence import Evidence, sha256


class EvidenceStore:
    """A folder; `ab/abcdef…` holds the bytes whose hash begins with "ab"."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes, file_name: str, media_type: str = "application/octet-stream") -> Evidence:
        """Store the bytes (again is nothing) and return what a submission refers to."""
        digest = sha256(data)
        path = self.path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(
                f".{os.getpid()}-{get_ident()}"
            )  # the same file may be sent twice at once
            with draft.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        return Evidence(sha256=digest, file_name=file_name, media_type=media_type, size=len(data))

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def get(self, digest: str) -> bytes:
        """The bytes. Raises `FileNotFoundError`; `ValueError` when they no longer match their hash."""
        data = self.path(digest).read_bytes()
        if sha256(data) != digest:
            raise ValueError(
                f"evidence {digest[:12]}… does not match its hash: the disk or somebody changed it"
            )
        return data
