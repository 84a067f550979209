"""Signing in and out, and one's own account. Of the sign-in library only these addresses are open,
and each says who may come, like all others."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as council
from django.urls import path, re_path

from virtualschool.web.permissions import page
from virtualschool.web.views import account as own

anyone = page("")
signed_in = page("signed-in", quiet=True)

urlpatterns = [
    path("", signed_in(own.account), name="account"),
    path("login/", anyone(account.login), name="account_login"),
    path("logout/", own.sign_out, name="account_logout"),
    path("inactive/", anyone(account.account_inactive), name="account_inactive"),
    path("signup/", own.no_account, name="account_signup"),
    path("reauthenticate/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", signed_in(account.password_change), name="account_change_password"),
    path("password/set/", own.no_password, name="account_set_password"),
    path("password/reset/", anyone(account.password_reset), name="account_reset_password"),
    path("password/reset/done/", anyone(account.password_reset_done), name="account_reset_password_done"),
    path("password/reset/key/done/", anyone(account.password_reset_from_key_done), name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        anyone(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("factor/", own.factor, name="mfa_index"),
    path("factor/code/", anyone(mfa.authenticate), name="mfa_authenticate"),
    path("factor/again/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("factor/set-up/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("factor/switch-off/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("factor/codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("factor/codes/make/", signed_in(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("factor/codes/download/", signed_in(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("oidc/<str:provider_id>/login/", anyone(council.login), name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", anyone(council.callback), name="openid_connect_callback"),
    path("council/stopped/", anyone(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("council/problem/", anyone(social.login_error), name="socialaccount_login_error"),
    path("council/", own.factor, name="socialaccount_connections"),
    path("council/signup/", own.no_account, name="socialaccount_signup"),
]
