"""What the program is made of: a bill of materials from its lock, and what is known to be wrong with those versions.

    python -m virtualschool.web.materials                         the bill as CycloneDX 1.5 JSON, on standard output
    python -m virtualschool.web.materials --audit ADVISORIES      findings; ADVISORIES is a folder or zip of OSV files for PyPI

Nothing is asked of another machine. The audit ends with 0 where nothing is known, 1 with findings, and 2 where it could not look.
"""

import argparse
import json
import pathlib
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

LOCK = pathlib.Path(__file__).resolve().parents[2] / "locks" / "run.txt"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^ ;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Part:
    """One package of the lock, with the hashes of its files."""

    name: str
    version: str
    hashes: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def parts(lock: pathlib.Path = LOCK) -> list[Part]:
    """The packages that are pinned, by name."""
    found: list[Part] = []
    hashes: list[str] = []
    name = version = ""
    for line in [*lock.read_text(encoding="utf-8").splitlines(), "end==0"]:
        if pinned := PINNED.match(line):
            if name:
                found.append(Part(name, version, tuple(hashes)))
            name, version, hashes = canonical(pinned[1]), pinned[2], []
        hashes += HASH.findall(line)
    return sorted(found, key=lambda one: one.name)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def bill(held: Iterable[Part]) -> dict[str, Any]:
    """The bill of materials. The same lock gives the same bytes: no time and no random number is in it."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "virtualschool"}},
        "components": [
            {
                "type": "library",
                "name": one.name,
                "version": one.version,
                "purl": one.purl,
                "bom-ref": one.purl,
                "hashes": [{"alg": "SHA-256", "content": value} for value in one.hashes],
            }
            for one in held
        ],
    }


def known_wrong(held: Iterable[Part], advisories: Iterable[dict[str, Any]]) -> list[str]:
    """A line for each advisory that names a version of ours."""
    versions = {one.name: one.version for one in held}
    found = set()
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        for affected in advisory.get("affected", ()):
            package = affected.get("package", {})
            name = canonical(package.get("name", ""))
            if package.get("ecosystem") == "PyPI" and name in versions and _is_in(versions[name], affected):
                found.add(f"{name} {versions[name]}: {advisory['id']} {advisory.get('summary', '')}".strip())
    return sorted(found)


def _is_in(version: str, affected: dict[str, Any]) -> bool:
    from packaging.version import Version

    if version in affected.get("versions", ()):
        return True
    for span in affected.get("ranges", ()):
        if span.get("type") != "ECOSYSTEM":
            continue
        inside = False
        for event in span.get("events", ()):
            if "introduced" in event and Version(version) >= Version(event["introduced"]):
                inside = True
            if "fixed" in event and Version(version) >= Version(event["fixed"]):
                inside = False
            if "last_affected" in event and Version(version) > Version(event["last_affected"]):
                inside = False
        if inside:
            return True
    return False


def read(place: pathlib.Path) -> Iterator[dict[str, Any]]:
    if place.is_dir():
        for file in sorted(place.rglob("*.json")):
            yield json.loads(file.read_text(encoding="utf-8"))
        return
    with zipfile.ZipFile(place) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def main(arguments: list[str] | None = None) -> int:
    said = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    said.add_argument("--audit", metavar="ADVISORIES", nargs="?", const="", default=None)
    given = said.parse_args(arguments)
    held = parts()
    if given.audit is None:
        json.dump(bill(held), sys.stdout, indent=1)
        print()
        return 0
    place = pathlib.Path(given.audit)
    if not given.audit or not place.exists():
        print("Not audited: there are no advisories here. Bring OSV's file for PyPI, and name it: --audit all.zip", file=sys.stderr)
        return 2
    read_ones = list(read(place))
    if not read_ones:
        print(f"Not audited: {place.name} holds no advisory.", file=sys.stderr)
        return 2
    found = known_wrong(held, read_ones)
    print("\n".join(found) or f"Nothing is known to be wrong with {len(held)} packages, by {len(read_ones)} advisories.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
