"""By what an authority looks at its plans: its grading profile and limits, as its newest setting says, else ours."""

from dataclasses import dataclass

from virtualschool.plans import profiles, rules
from virtualschool.plans.profiles import Profile
from virtualschool.plans.rules import Settings
from virtualschool.web.models import PlanSetting

USUAL = "red_amber_green"


@dataclass(frozen=True)
class Held:
    """The profiles that an authority may choose from, the one it chose, its limits, and the setting they stand in (None: ours)."""

    profiles: dict[str, Profile]
    profile: Profile
    limits: Settings
    setting: PlanSetting | None


def held(la: str) -> Held:
    setting = PlanSetting.objects.filter(la=la).order_by("-pk").first()
    known = dict(profiles.profiles())
    if setting is not None and setting.own_profiles.strip():
        known |= profiles.parsed(setting.own_profiles, "own profiles")
    chosen = known.get(setting.profile if setting else USUAL, known[USUAL])
    return Held(known, chosen, rules.defaults().with_own(setting.limits if setting else {}), setting)
