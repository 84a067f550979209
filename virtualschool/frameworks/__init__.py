"""Inspection frameworks as data, and what follows from them: which is in force, what grades are permitted, which figures criteria have.

Each framework is one TOML file in this folder. The program applies limiting rules and never gives a grade.
"""

from virtualschool.frameworks.framework import Criterion, Framework, Judgement, Rule
from virtualschool.frameworks.in_force import Answer, in_force, state_on
from virtualschool.frameworks.judging import Judged, judge
from virtualschool.frameworks.loading import frameworks, named
from virtualschool.frameworks.simulating import Change, changes

__all__ = [
    "Answer",
    "Change",
    "Criterion",
    "Framework",
    "Judged",
    "Judgement",
    "Rule",
    "changes",
    "frameworks",
    "in_force",
    "judge",
    "named",
    "state_on",
]
