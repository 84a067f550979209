"""People with an account, what they are to an authority, and to which children."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from virtualschool.web import clock, roles


class People(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str = "", password: str | None = None) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), name=name)
        person.set_password(password)
        person.save(using=self._db)
        # An account is made by invitation alone, so the address is known to be the person's.
        from allauth.account.models import EmailAddress

        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username or "")


class Person(AbstractBaseUser):
    """Someone who signs in. What they may do is in their memberships; the account alone opens nothing."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    made = models.DateTimeField(default=clock.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = People()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        return False

    @property
    def is_superuser(self) -> bool:
        return False


class Current(models.QuerySet):
    def on(self, day):
        """Those that hold on a day: begun, and not ended before it. The day on which something ends is the first without it."""
        return self.filter(Q(starts__isnull=True) | Q(starts__lte=day)).filter(Q(ends__isnull=True) | Q(ends__gt=day))


class Membership(models.Model):
    """A role of a person in one authority, at a school or a home where the role is bound to one. A person may hold several."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40, choices=[(name, role.words) for name, role in roles.roles().items()])
    la = models.CharField(max_length=3, blank=True)
    """The responsible authority; empty for a national host."""
    school = models.CharField(max_length=10, blank=True)
    """The school's URN, for a designated teacher."""
    home = models.CharField(max_length=60, blank=True)
    """The home as the roll names it: its URN or name."""
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed = models.DateField(null=True, blank=True)
    """The day on which someone last confirmed that it is still needed."""
    objects = Current.as_manager()


class Relationship(models.Model):
    """A child whom a member with the scope `own` answers for, or is. It ends by date; afterwards nothing of the child is seen."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="relationships")
    token = models.CharField(max_length=40, db_index=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    objects = Current.as_manager()


class Invitation(models.Model):
    """A way in for someone new: a link that works once. Only a hash of it is kept."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="invitations")
    secret_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)


class OneTimeLink(models.Model):
    """A way in without an account. Only a hash of it is kept.

    For a child: one visit, to what `purpose` names of the child of `token`, in the role of the membership. With the purpose "pack", `token`
    is the key of a pack, and the link opens it as often as is needed until it ends.
    """

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="links")
    token = models.CharField(max_length=40)
    purpose = models.CharField(max_length=40)
    secret_hash = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    """When someone withdrew it."""
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
