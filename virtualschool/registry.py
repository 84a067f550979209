"""Finds the definitions of one kind in a folder of the package, so that adding one is adding it in its module."""

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import Any


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """The modules of a package, in the order of their names."""
    parent = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(parent.__path__))
    return tuple(importlib.import_module(f"{package}.{name}") for name in names)


@cache
def definitions(package: str, kind: type[Any]) -> tuple[Any, ...]:
    """Every object of `kind` that stands at the top of a module of `package`, in the order in which it is written.

    A tuple of them counts as each of them. A definition that another module imports is counted once. Raises ValueError when two
    bear one name.
    """
    found: dict[str, Any] = {}
    for module in (importlib.import_module(package), *modules(package)):
        named: list[Any] = [held for value in vars(module).values() for held in (value if isinstance(value, tuple) else (value,))]
        for value in named:
            if isinstance(value, kind) and id(value) not in {id(known) for known in found.values()}:
                if value.name in found:
                    raise ValueError(f"Two definitions are called '{value.name}' in {package}.")
                found[value.name] = value
    return tuple(found.values())
