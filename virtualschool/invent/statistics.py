"""Statistics in the layout of DfE's files, worked out from the true records."""

from pathlib import Path


class Statistics:
    def __init__(self, place, years) -> None:
        self.place, self.years = place, years

    def attended(self, *a) -> None: ...

    def key_stage_2(self, *a) -> None: ...

    def key_stage_4(self, *a) -> None: ...

    def write(self, folder: Path) -> None: ...
