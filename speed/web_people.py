"""The people of speed/web.py: a Virtual School Head in each of so many authorities, with password, second factor, and two rolls.

.venv/bin/python speed/web_people.py STORE NUMBER PASSWORD        prints a line each: authority, e-mail address, key of the authenticator
"""

import pathlib
import sys


def main() -> None:
    if len(sys.argv) < 4:
        print("Makes the people of speed/web.py; nothing to time here.")
        return
    from virtualschool.web import serving

    serving.ready(pathlib.Path(sys.argv[1]))
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from virtualschool.web import demonstration_roll, stores
    from virtualschool.web.models import Membership, Person

    las = [row["la"] for row in stores.engine().rows("SELECT la FROM children GROUP BY la ORDER BY count(*) DESC, la")]
    for la in las[:: max(1, len(las) // int(sys.argv[2]))][: int(sys.argv[2])]:
        email = f"head.{la.lower()}@example.invalid"
        person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, f"Invented head of {la}")
        person.set_password(sys.argv[3])
        person.save()
        Membership.objects.get_or_create(person=person, role="head", la=la)
        Authenticator.objects.filter(user=person).delete()
        key = generate_totp_secret()
        TOTP.activate(person, key)
        demonstration_roll.fill(la)
        print(la, email, key)


if __name__ == "__main__":
    main()
