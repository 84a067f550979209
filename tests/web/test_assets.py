"""What the pages load bears nobody's brand and comes from nowhere else."""

import re

from virtualschool.web import assets


def test_a_style_sheet_loses_the_typeface_the_crest_and_addresses_from_the_root():
    style = "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}a{font-family:GDS Transport,arial,sans-serif}"
    style += "b{background:url(/assets/images/govuk-crest.svg)}c{background:url(/assets/images/icon-document.svg)}"
    assert assets.unbranded(style) == f"a{{font-family:{assets.FACES}}}b{{background:none}}c{{background:url(images/icon-document.svg)}}"


def test_no_style_sheet_asks_another_machine_for_anything():
    for name in assets.STYLES.values():
        text = (assets.FOLDER / name).read_text(encoding="utf-8")
        assert not re.search(r"url\(\s*['\"]?(https?:)?//", text)
        assert "GDS Transport" not in text
