"""Messages to people: in the application always, by e-mail where the council's server is set. They hold a link and no child's detail."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django_tasks import task

from virtualschool.web import clock
from virtualschool.web.models import Membership, Message, Person


@dataclass(frozen=True)
class Kind:
    """A kind of message: its words, which are the same for everybody, and the words of what it leads to."""

    subject: str
    words: str
    leads_to: str


KINDS = {
    "role given": Kind("You have a new role", "Someone gave you a role in an authority.", "See what you may see"),
    "role ended": Kind("A role of yours has ended", "Someone ended a role of yours in an authority.", "See what you may see"),
    "role given by an administrator": Kind(
        "An administrator gave a role", "An administrator gave someone a role in your authority.", "See who has access"
    ),
    "way in renewed": Kind(
        "A new way in was made for you",
        "Someone made a new sign-in link for your account. If you did not ask for it, tell them.",
        "Your account",
    ),
    "access to confirm": Kind("Access to confirm", "A quarter has passed: say who still needs their access.", "Confirm access"),
    "records kept apart": Kind(
        "Records were kept apart",
        "A build found that records here belong together, or apart, and could not put them so without a person. The events say which.",
        "See the events",
    ),
    "protected record opened": Kind(
        "A protected record was opened in need", "Someone opened a protected record and gave a reason.", "See who and why"
    ),
    "unusual volume": Kind(
        "Someone looked at unusually many records", "One person opened many more records in a day than people do.", "See who and which"
    ),
    "unusual downloads": Kind(
        "Someone downloaded unusually many records",
        "The files of one person held many more children in a day than people take.",
        "See the lists",
    ),
    "statement to read today": Kind(
        "A child's statement is to be read today", "Somebody wrote something that you are named to read on the same day.", "Read it"
    ),
    "child wants to talk": Kind("A child wants to talk to someone", "A child pressed the button. Ring or see them today.", "See who"),
    "worry not looked at": Kind(
        "A child's statement has not been looked at", "It was to be read the same day, and nobody has. Read it now.", "Read it"
    ),
    "plans due": Kind("Education plans are due soon", "A plan or its review is due within ten working days.", "See what is due"),
    "plans late": Kind("Education plans are late", "The day by which a plan or its review was due has passed.", "See what is late"),
    "record shared": Kind("A record was shared with you", "Another authority shared a record with yours.", "See what is shared"),
}


def tell(people: Iterable[Person], kind: str, path: str, la: str = "") -> list[Message]:
    """Puts a message into each inbox, once for each person. `path` holds opaque tokens only."""
    assert kind in KINDS, kind
    made = [Message.objects.create(person=person, la=la, kind=kind, path=path) for person in {one.pk: one for one in people}.values()]
    if "dummy" not in settings.EMAIL_BACKEND:
        for message in made:
            send.enqueue(message.pk)
    return made


def heads(la: str) -> list[Person]:
    """The people who head an authority's virtual school today."""
    return [one.person for one in Membership.objects.on(clock.today()).filter(la=la, role="head").select_related("person")]


@task()
def send(number: int) -> None:
    """Sends one message by e-mail: its subject, and the address of the inbox."""
    message = Message.objects.select_related("person").filter(pk=number, sent__isnull=True).first()
    if message is None or not message.person.email or message.person.email.endswith(".invalid"):
        return
    kind = KINDS[message.kind]
    where = f"{settings.ADDRESS or 'http://localhost:8000'}/messages/{message.pk}"
    send_mail(f"Virtual School: {kind.subject}", f"{kind.words}\n\nSign in to see it: {where}\n", None, [message.person.email])
    message.sent = clock.now()
    message.save(update_fields=["sent"])


def post_invitation(person: Person, address: str) -> bool:
    """Whether the link by which a new person comes in was sent to them. It is sent at once, so that it lies in no table on the way."""
    if "dummy" in settings.EMAIL_BACKEND or person.email.endswith(".invalid"):
        return False
    words = "You are invited to the Virtual School service. Open this link to choose a password; it works once, for seven days:"
    close = "If you expected no invitation, do nothing."
    try:
        return bool(send_mail("Virtual School: your invitation", f"{words}\n\n{address}\n\n{close}\n", None, [person.email]))
    except OSError:  # The server of the council is not there: whoever invites has the link and passes it on.
        return False


def read(message: Message) -> None:
    if message.read is None:
        message.read = clock.now()
        message.save(update_fields=["read"])
