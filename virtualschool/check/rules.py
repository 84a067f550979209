"""What a rule of the return is: its code, its message, the tables it needs, the years it holds for, and the rows that fail."""

from collections.abc import Callable
from dataclasses import dataclass

from ibis.expr.types import Table as Rows

from virtualschool.tables import Table

FIRST_YEAR = 2017
"""The first year whose return is read; rule sets before 2023 were not found, so a rule without a first year holds from here."""


@dataclass(frozen=True)
class Rule:
    """One rule. `failing` takes the `needs` (rows of all authorities in the years it holds for) and returns the rows of the
    first of them that fail. `columns` are those that a person should look at; `do` says what to do.
    """

    code: str
    message: str
    columns: tuple[str, ...]
    needs: tuple[Table, ...]
    failing: Callable[..., Rows]
    do: str = "Correct it in the case system, and make the file again."
    first_year: int = FIRST_YEAR
    last_year: int | None = None
    beside_last_year: bool = False
    """It compares with the return of the year before, and could not run without it."""
    source: str = "DfE, SSDA903 validation rules, as implemented in the open-source validator csc-validator-be-903, April 2026"

    @property
    def name(self) -> str:
        """The code with its first year: a rule that changed stands twice under one code."""
        return f"{self.code} from {self.first_year}"

    def holds_in(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def rule(
    code: str,
    message: str,
    *needs: Table,
    columns: str,
    first_year: int = FIRST_YEAR,
    last_year: int | None = None,
    beside_last_year: bool = False,
) -> Callable[[Callable[..., Rows]], Rule]:
    """Makes a function that returns failing rows a rule; `columns` are names with spaces between."""

    def make(failing: Callable[..., Rows]) -> Rule:
        return Rule(
            code,
            message,
            tuple(columns.split()),
            needs,
            failing,
            first_year=first_year,
            last_year=last_year,
            beside_last_year=beside_last_year,
        )

    return make
