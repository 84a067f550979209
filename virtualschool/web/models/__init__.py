"""The application's own records, a module for each subject. What comes from returns and education files is in the store, not here."""

from virtualschool.web.models.borders import BreakGlass, Protection, Share
from virtualschool.web.models.casework import Caseload, Contact, Enquiry, NotFullTime, Task, VisitElsewhere
from virtualschool.web.models.events import Event
from virtualschool.web.models.governance import Complaint, Disposal, Incident, LegalHold
from virtualschool.web.models.messages import Message
from virtualschool.web.models.packs import Pack
from virtualschool.web.models.people import Invitation, Membership, OneTimeLink, Person, Relationship
from virtualschool.web.models.plans import (
    Plan,
    PlanFacts,
    PlanFile,
    PlanMeeting,
    PlanSignature,
    PlanStep,
    PlanTarget,
    PlanTerm,
    PlanText,
)
from virtualschool.web.models.roll import RollEntry, RollFile
from virtualschool.web.models.saved import SavedView, SavedViewVersion
from virtualschool.web.models.upload import Upload
from virtualschool.web.models.voice import (
    Activity,
    ComplaintLook,
    Concern,
    Decision,
    Hearing,
    Panel,
    Promise,
    PromiseLook,
    Rating,
    Survey,
    SurveyAnswer,
    TookPart,
    View,
    ViewConsent,
    ViewReply,
    VoiceSetting,
)
from virtualschool.web.models.worklist import WorkItem, WorkStamp

__all__ = [
    "Activity",
    "BreakGlass",
    "Caseload",
    "Complaint",
    "ComplaintLook",
    "Concern",
    "Contact",
    "Decision",
    "Disposal",
    "Enquiry",
    "Event",
    "Hearing",
    "Incident",
    "Invitation",
    "LegalHold",
    "Membership",
    "Message",
    "NotFullTime",
    "OneTimeLink",
    "Pack",
    "Panel",
    "Person",
    "Plan",
    "PlanFacts",
    "PlanFile",
    "PlanMeeting",
    "PlanSignature",
    "PlanStep",
    "PlanTarget",
    "PlanTerm",
    "PlanText",
    "Promise",
    "PromiseLook",
    "Protection",
    "Rating",
    "Relationship",
    "RollEntry",
    "RollFile",
    "SavedView",
    "SavedViewVersion",
    "Share",
    "Survey",
    "SurveyAnswer",
    "Task",
    "TookPart",
    "Upload",
    "View",
    "ViewConsent",
    "ViewReply",
    "VisitElsewhere",
    "VoiceSetting",
    "WorkItem",
    "WorkStamp",
]
