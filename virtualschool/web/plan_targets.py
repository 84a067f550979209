"""What the rules of precision say of a target of a plan, from its words and the columns beside them."""

import functools
from typing import Any

from virtualschool.plans import targets as engine

NAMES = ("text", "baseline", "measure", "due", "owner", "often", "need")


def judged(said: dict[str, Any]) -> engine.Judged:
    """The marks of a target as a form or record says it: text, baseline, measure, due as a day, owner, often, need."""
    due = said.get("due")
    words = {name: str(said.get(name) or "") for name in NAMES if name != "due"}
    return _judged(**words, due=due.isoformat() if due else "")


def judged_record(target: Any) -> engine.Judged:
    return judged({name: getattr(target, name) for name in NAMES})


@functools.lru_cache(maxsize=2048)
def _judged(**said: str) -> engine.Judged:
    return engine.judge(engine.Target(id="", **said))
