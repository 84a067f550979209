"""A piece of a page of figures, ready for its template: addresses of its picture and files, its table as text, what one must know."""

from typing import Any

from django.urls import reverse

from virtualschool.web.presenters.figures_asked import Figures
from virtualschool.web.presenters.figures_pieces import Piece, about, heading, laid_out


def shown(figures: Figures, part: str, piece: Piece) -> dict[str, Any]:
    query = figures.choice.query()

    def picture(kind: str, width: str = "") -> str:
        found = reverse("figures-chart", args=(part, piece.name, kind)) + query
        return f"{found}&width={width}" if width else found

    return {
        "name": piece.name,
        "title": piece.title,
        "label": piece.label,
        "sentence": piece.sentence,
        "more": piece.more,
        "key": piece.key,
        "causes": piece.causes,
        "notes": list(dict.fromkeys(piece.notes)),
        "marks": piece.marks,
        "chart": {
            "title": piece.chart.title,
            "description": piece.chart.description,
            "wide": picture("svg"),
            "narrow": picture("svg", "narrow"),
            "data": picture("json"),
        }
        if piece.chart
        else None,
        "headings": [{"words": heading(column), "is_number": column.is_number} for column in piece.table.columns],
        "caption": piece.table.title,
        "rows": laid_out(piece),
        "has_behind": any(piece.behind),
        "about": about(figures, piece),
        "files": files(part, piece, query),
    }


def files(part: str, piece: Piece, query: str) -> list[dict[str, str]]:
    """What can be downloaded of a piece."""
    kinds = {"csv": "CSV", "xlsx": "Excel", **({"svg": "SVG", "png": "PNG"} if piece.chart else {})}
    if not piece.table.rows:
        return []
    return [
        {"words": words, "address": reverse("figures-download", args=(part, piece.name, kind)) + query} for kind, words in kinds.items()
    ]
