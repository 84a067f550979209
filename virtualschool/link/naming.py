"""Opaque names: what a child or a proposal is called where its identifier must not stand.

A name is a keyed hash, so nobody without the store's key can tell whose it is, or make it from an identifier; with the key, the
same records give the same names.
"""

import base64
import contextlib
import hashlib
import hmac
import os
import pathlib
import secrets

KEY_BYTES = 32
LENGTH = 20


def opaque(key: bytes, *parts: object) -> str:
    """The name of what the parts, in order, mean."""
    digest = hmac.new(key, "\n".join(map(str, parts)).encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:LENGTH]


def store_key(records: pathlib.Path) -> bytes:
    """The key of a store, made at its first build: records/token.key, which only its owner may read.

    Whoever loses it gets new tokens, and addresses and plans no longer find their child: back it up with the records.
    """
    place = records / "token.key"
    if not place.exists():
        keep_secret(place, secrets.token_bytes(KEY_BYTES))
    return place.read_bytes()


def keep_secret(place: pathlib.Path, secret: bytes) -> None:
    """Writes a secret to a file of its own, which only its owner may read; where another was quicker, that one stands."""
    fresh = place.with_name(f".{place.name}-{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        fresh.unlink()
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(secret)
        opened.flush()
        os.fsync(opened.fileno())
    # A link, not a rename, which would put this in the other's place.
    with contextlib.suppress(FileExistsError):
        os.link(fresh, place)
    fresh.unlink()
