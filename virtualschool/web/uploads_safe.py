"""Which files may come in: by name, size and what they are, before anything reads them."""

import pathlib
import re
import zipfile
from collections.abc import Iterable
from typing import Any

from virtualschool.errors import WrongUse
from virtualschool.read import READ

LARGEST = 400 * 1024 * 1024
LARGEST_TOGETHER = 2 * 1024 * 1024 * 1024
UNPACKED = 20
"""A workbook or a gzip may unpack to at most so many times its size; real ones come to about ten."""
UNPACKED_LEAST = 50 * 1024 * 1024
MANY = 500


def name_of(given: str) -> str:
    """A path below the upload's folder, of plain parts only. Raises WrongUse where nothing safe is left."""
    parts = [re.sub(r"[^\w .()&+-]", "_", part).strip(" .") for part in re.split(r"[\\/]+", given)]
    parts = [part for part in parts if part not in ("", ".", "..")]
    if not parts or len(parts) > 12 or len("/".join(parts)) > 240:
        raise WrongUse("A file", "its name cannot be used.", "Give it a short name of letters and digits.")
    if not parts[-1].lower().endswith(READ):
        raise WrongUse(f"File {parts[-1]}", "files of this kind are not read.", f"Bring {', '.join(READ)}.")
    return "/".join(parts)


def sizes_fit(files: Iterable[Any]) -> None:
    """Raises WrongUse where there are too many files, or they are too large."""
    held = list(files)
    if len(held) > MANY:
        raise WrongUse("Files", f"there are {len(held)}, and at most {MANY} come in at once.", "Bring them in parts.")
    for file in held:
        if file.size > LARGEST:
            raise WrongUse(f"File {name_of(file.name)}", "it is larger than 400 MB.", "Use the command on the machine of the store.")
    if sum(file.size for file in held) > LARGEST_TOGETHER:
        raise WrongUse("Files", "together they are larger than 2 GB.", "Bring them in parts, or use the command on the store's machine.")


def is_what_it_says(file: pathlib.Path, name: str) -> None:
    """Raises WrongUse where the content is not of the kind that the name tells, or unpacks to more than it should."""
    low = name.lower()
    with file.open("rb") as opened:
        head = opened.read(4096)
    wrong = None
    if low.endswith(".xlsx"):
        wrong = _workbook(file)
    elif low.endswith(".csv.gz"):
        wrong = None if head[:2] == b"\x1f\x8b" else "it is no gzip file."
        wrong = wrong or _gzip(file)
    elif low.endswith(".parquet"):
        wrong = None if head[:4] == b"PAR1" else "it is no Parquet file."
    elif low.endswith(".xml"):
        wrong = "it declares a document type, which may pull in other files." if b"<!DOCTYPE" in head or b"<!ENTITY" in head else None
        wrong = wrong or (
            None if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") or b"<\x00" in head[:8] else "it is no XML file."
        )
    elif head[:4] in (b"PK\x03\x04", b"PAR1", b"\x7fELF", b"%PDF") or head[:2] in (b"MZ", b"\x1f\x8b"):
        wrong = "it is no CSV file."
    if wrong:
        raise WrongUse(f"File {name}", wrong, "Save it again from the program it comes from, in the kind that its name tells.")


def _workbook(file: pathlib.Path) -> str | None:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError):
        return "it is no Excel workbook."
    if sum(part.file_size for part in parts) > max(UNPACKED_LEAST, UNPACKED * file.stat().st_size):
        return "it would unpack to far more than its size."
    if any("vbaProject" in part.filename for part in parts):
        return "it holds macros."
    return None if any(part.filename == "xl/workbook.xml" for part in parts) else "it is no Excel workbook."


def _gzip(file: pathlib.Path) -> str | None:
    import gzip

    most, seen = max(UNPACKED_LEAST, UNPACKED * file.stat().st_size), 0
    try:
        with gzip.open(file) as opened:
            while block := opened.read(1 << 22):
                seen += len(block)
                if seen > most:
                    return "it would unpack to far more than its size."
    except (OSError, EOFError):
        return "it is a broken gzip file."
    return None
