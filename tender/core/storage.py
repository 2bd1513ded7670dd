"""Files: written once under a key that says whose they are, never changed."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from tender.core.errors import Invalid
from tender.core.text import N_

NOT_KEPT = N_(
    "Le fichier n’a pas pu être enregistré : disque du serveur plein ou en panne. "
    "Rien n’a changé ; prévenez l’administrateur puis recommencez."
)
AWAY = N_("Le stockage des fichiers ne répond pas. Recommencez dans une minute : rien n’est perdu.")


class Storage(Protocol):
    """Where files lie. Keys are relative paths of our own making, never a user's words."""

    def put(self, key: str, data: bytes) -> str:
        """Keep the bytes; give their SHA-256 in hexadecimal."""

    def get(self, key: str) -> bytes:
        """Give the bytes back; FileNotFoundError if there are none."""

    def delete(self, key: str) -> None:
        """Forget the bytes; nothing happens if there are none."""

    def keys(self, prefix: str) -> Iterator[str]:
        """List the keys that start so."""


def sha256(data: bytes) -> str:
    """Give the SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class LocalStorage:
    """Files in a directory; a crash leaves the whole file or none."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, data: bytes) -> str:
        """Write beside, flush to the disk, then rename; all of it outlasts a power cut."""
        path = self._path(key)
        part = path.with_name(f".{path.name}.{uuid4().hex}")
        try:
            fresh = [folder for folder in path.parents if not folder.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            with part.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            for folder in (path.parent, *(folder.parent for folder in fresh)):
                _settle(folder)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise Invalid(NOT_KEPT) from error
        return sha256(data)

    def get(self, key: str) -> bytes:
        """Read the whole file."""
        return self._path(key).read_bytes()

    def delete(self, key: str) -> None:
        """Remove the file."""
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        """Refuse a key that leaves the folder: none of ours does."""
        if not key or key.startswith("/") or "\0" in key or ".." in key.split("/"):
            raise ValueError("not a key of ours")
        return self.root / key

    def keys(self, prefix: str) -> Iterator[str]:
        """Walk the directory; half-written files are not shown."""
        base = self.root / prefix
        for path in sorted(base.rglob("*")) if base.is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(self.root).as_posix()


def _settle(folder: Path) -> None:
    """Put the names in a folder on the disk; without that a rename may be forgotten."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class S3Storage:
    """Files in a bucket of any S3 service; `faults` are the exceptions of its client."""

    def __init__(
        self, client: Any, bucket: str, *, faults: tuple[type[Exception], ...] = ()
    ) -> None:
        self.client = client
        self.bucket = bucket
        self.faults = faults

    def put(self, key: str, data: bytes) -> str:
        """Upload; the service stores it whole or not at all."""
        try:
            self.client.put_object(Bucket=self.bucket, Key=key, Body=data)
        except self.faults as error:
            raise Invalid(NOT_KEPT) from error
        return sha256(data)

    def get(self, key: str) -> bytes:
        """Download the whole object."""
        try:
            data: bytes = self.client.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except self.client.exceptions.NoSuchKey as error:
            raise FileNotFoundError(key) from error
        except self.faults as error:
            raise Invalid(AWAY) from error
        return data

    def delete(self, key: str) -> None:
        """Remove the object."""
        self.client.delete_object(Bucket=self.bucket, Key=key)

    def keys(self, prefix: str) -> Iterator[str]:
        """List page by page."""
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket, Prefix=prefix
        )
        for page in pages:
            yield from (item["Key"] for item in page.get("Contents", []))
