"""How long the models of expected values take on England, and whether the effects put in come out: python speed/expected.py [SIZE]

It invents the children in care of five years without files, fits the model of everything that happened to them, and prints each effect
beside what the factor really changed (the same children sitting again without it), and the seconds of each step beside those of a plain
least-squares fit of the same columns.
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tests"))

import numpy as np
from invented_children import PUT_IN, invented

from virtualschool.model.checking import checks
from virtualschool.model.design import design
from virtualschool.model.factors import STARTING_POINTS
from virtualschool.model.fitting import fit
from virtualschool.model.modelled import MODELLED

YEARS = range(2022, 2027)
Z = 1.96


def main(size: str = "england") -> None:
    seconds = {}

    def timed(name, work, *given):
        began = time.perf_counter()
        result = work(*given)
        seconds[name] = time.perf_counter() - began
        return result

    made = timed("invent", invented, size, YEARS)
    rows = made.rows
    fit(np.ones((40, 1)), np.arange(40.0), np.array([f"{at % 20}" for at in range(40)]))  # What is imported once is not timed.
    columns = timed("columns", design, rows, MODELLED["attainment_8"].chosen("all"), STARTING_POINTS["ks2"])
    plain = timed("plain least squares", np.linalg.lstsq, columns.values, rows.result, None)
    fitted = timed("multilevel fit", fit, columns.values, rows.result, rows["la"])
    timed("checks", checks, rows, columns, fitted)
    print(f"{len(rows):,} results of {len(set(rows['la']))} authorities, {columns.values.shape[1]} columns, converged: {fitted.converged}")
    print(f"between authorities {fitted.between**0.5:.2f}, within {fitted.within**0.5:.2f}, least squares on {len(plain[0])} columns")
    names = [column.name for column in columns.columns]
    print(f"{'factor':34} {'effect':>8} {'low':>8} {'high':>8} {'really':>8}  in it")
    for name in names:
        at = names.index(name)
        if columns.columns[at].factor is None:
            continue
        error = Z * float(np.sqrt(fitted.covariance[at, at]))
        effect = float(fitted.effects[at])
        really = float(np.nanmean(made.changed[name])) if name in PUT_IN else None
        told = "" if really is None else f"{really:8.3f}  {'yes' if abs(effect - really) <= error else 'no'}"
        print(f"{name:34} {effect:8.3f} {effect - error:8.3f} {effect + error:8.3f} {told}")
    for name, took in seconds.items():
        print(f"{name:22} {took:6.2f} s   {took / seconds['plain least squares']:6.1f} times plain least squares")


if __name__ == "__main__":
    main(*sys.argv[1:])
