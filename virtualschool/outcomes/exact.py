"""Decimals of a stated type, in the engine as in the definition."""

import ibis.expr.types as ir

BETWEEN = "decimal(18, 7)"
"""A type that nothing here has by itself, with room for every digit. Ibis leaves out a cast to the type that it believes a value has
already, and of a product it believes wrongly; a cast by way of another type always takes place. Wider ones are slow: 18 digits are
what a machine word holds."""


def exact(value: ir.Value, kind: str) -> ir.Value:
    """A decimal of at most seven places as DECIMAL of `kind`, rounded half away from zero."""
    return value.cast(BETWEEN).cast(kind)
