"""The key that signs sessions: drawn once for a store, readable by its owner alone."""

import os
import pathlib
import secrets

NAME = "web.key"


def kept(store: pathlib.Path) -> str:
    """The store's key; a new one where it has none. A folder that is no store gets a key for this process alone."""
    if not store.is_dir():
        return secrets.token_urlsafe(50)
    file = store / NAME
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    except OSError:
        return secrets.token_urlsafe(50)
    with os.fdopen(opened, "w") as out:
        key = secrets.token_urlsafe(50)
        out.write(key + "\n")
    return key
