"""Decimals of a stated type, in the engine as in the definition."""

import ibis.expr.types as ir

WIDE = "decimal(38, 9)"
"""A type that nothing here has by itself. Ibis leaves out a cast to the type that it believes a value has already, and of a product
it believes wrongly; a cast by way of another type always takes place."""


def exact(value: ir.Value, kind: str) -> ir.Value:
    """The value as DECIMAL of `kind`, rounded half away from zero."""
    return value.cast(WIDE).cast(kind)
