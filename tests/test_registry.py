import types

import pytest

from virtualschool import registry
from virtualschool.check.rules import Rule


def test_definitions_are_found_in_the_modules_of_a_folder():
    found = registry.definitions("virtualschool.check", Rule)
    assert {"101", "168"} <= {rule.code for rule in found}
    assert len({rule.name for rule in found}) == len(found)


def test_two_definitions_of_one_name_are_refused(monkeypatch):
    class Kind:
        name = "same"

    module = types.ModuleType("drawn")
    module.one, module.two = Kind(), Kind()
    monkeypatch.setattr(registry, "modules", lambda package: ())
    monkeypatch.setattr(registry.importlib, "import_module", lambda name: module)
    with pytest.raises(ValueError, match="Two definitions are called 'same' in drawn"):
        registry.definitions.__wrapped__("drawn", Kind)
