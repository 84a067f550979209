"""The forms of the account in our words: labels that say what to enter, and no hint inside a field that goes when one types."""

from typing import ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp


class InOurWords:
    labels: ClassVar[dict[str, str]] = {}

    def __init__(self, *arguments, **named) -> None:
        super().__init__(*arguments, **named)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = ""
            if name == "code":
                field.widget.attrs |= {"inputmode": "numeric", "class": "govuk-input--width-10", "autofocus": True}


class SignIn(InOurWords, account.LoginForm):
    labels: ClassVar = {"login": "Email address", "password": "Password"}


class AskForPassword(InOurWords, account.ResetPasswordForm):
    labels: ClassVar = {"email": "Email address"}


class NewPassword(InOurWords, account.ResetPasswordKeyForm):
    labels: ClassVar = {"password1": "New password", "password2": "The same password again"}


class ChangePassword(InOurWords, account.ChangePasswordForm):
    labels: ClassVar = {"oldpassword": "Password now", "password1": "New password", "password2": "The same password again"}


class StillMe(InOurWords, account.ReauthenticateForm):
    labels: ClassVar = {"password": "Password"}


class Code(InOurWords, mfa.AuthenticateForm):
    labels: ClassVar = {"code": "Code"}


class CodeAgain(InOurWords, mfa.ReauthenticateForm):
    labels: ClassVar = {"code": "Code"}


class FirstCode(InOurWords, totp.ActivateTOTPForm):
    labels: ClassVar = {"code": "Code that the app shows"}
