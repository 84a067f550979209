"""Quarters among neighbours, and how words are kept to one page."""

from virtualschool.reports.annual.one_page import short
from virtualschool.reports.annual.quarters import apart, quarter
from virtualschool.reports.blocks import Heading, KeyFigure, KeyFigures, Paragraph, Points
from virtualschool.reports.documents import Document
from virtualschool.reports.documents.pdf import pdf


def place(value, low=None, high=None):
    return {"value": value, "low": low, "high": high}


def test_the_best_of_eight_is_in_the_best_quarter_whichever_way_is_better():
    others = [place(value) for value in (10, 11, 12, 13, 14, 15, 16)]
    assert [quarter(place(value), others, "lower") for value in (9, 10.5, 11.5, 13.5, 17)] == [0, 0, 1, 2, 3]
    assert [quarter(place(value), others, "higher") for value in (9, 17)] == [3, 0]


def test_those_with_the_same_figure_share_their_places():
    assert quarter(place(10), [place(10)] * 7, "lower") == 2
    assert quarter(place(10), [place(10)] * 3 + [place(20)] * 4, "lower") == 1


def test_only_those_whose_intervals_do_not_meet_stand_apart():
    others = [place(5, 1, 9), place(30, 21, 40), place(25, 20, 30), place(40, None, None)]
    assert apart(place(15, 10, 20), others, "lower") == (1, 1)
    assert apart(place(15, 10, 20), others, "higher") == (1, 1)
    assert apart(place(15, None, 20), others, "higher") == (0, 0)


def test_words_are_kept_to_whole_sentences_or_whole_words():
    assert short("One. Two. Three.", 9) == "One. Two."
    assert short("abcd efgh ijkl", 10) == "abcd efgh…"
    assert short("Short.", 10) == "Short."


def test_the_summary_fits_one_page_when_everything_is_as_long_as_it_may_be():
    figure = KeyFigure(
        "Care leavers aged 19 to 21: in education, employment or training",
        "99.9%",
        "points",
        "95% interval 88.8% to 99.9%",
        "Cannot tell from England",
        "none",
        (),
    )
    points = Points(tuple("Wide words " * 17 for _ in range(3)))
    blocks = (
        Heading("The year in figures", "a"),
        KeyFigures("The year", (figure,) * 12),
        Paragraph("word " * 26),
        Heading("What went well", "b"),
        points,
        Heading("What worries us", "c"),
        points,
        Heading("What children said", "d"),
        Paragraph("word " * 84),
    )
    made = pdf(
        Document(
            "The virtual school on one page: Somewhere with a long name, 2025/26",
            "Marked internal, not for release " * 3,
            blocks,
            subtitle="999 children",
            about="Somewhere",
            contents=False,
            one_page=True,
            invented=True,
        )
    )
    assert made.count(b"/Type /Page\n") + made.count(b"/Type /Page ") + made.count(b"/Type/Page/") == 1
