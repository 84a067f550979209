"""What is true of an invented country, beside its files: known, and never used in building."""

from virtualschool.read.unused import unused

REASON = "what is true of invented children is not read with their files; it is for `links --truth`"

links = unused("truth.links", REASON, "la", "child", "pupil", forbids=("year", "dob", "upn"))
effects = unused("truth.effects", REASON, "name", "unit", "size", forbids=("pupil", "upn", "grade"))
