"""Every address of the application. Each view says in its decorator what it needs (permissions.page)."""

from django.urls import include, path

from virtualschool.web.views import account, errors, home

urlpatterns = [
    path("", home.home, name="home"),
    path("worklist", home.work, name="home-work"),
    path("worklist/<int:number>", home.work_item, name="home-work-item"),
    path("signed-out", account.signed_out, name="signed-out"),
    path("session-ended", account.session_ended, name="session-ended"),
    path("no-account", account.no_account, name="no-account"),
    path("acting-as", account.acting_as, name="acting-as"),
    path("accessibility", account.accessibility, name="accessibility"),
    path("privacy", account.privacy, name="privacy"),
    path("privacy/children", account.privacy_children, name="privacy-children"),
    path("health", account.health, name="health"),
    path("", include("virtualschool.web.urls_data")),
    path("", include("virtualschool.web.urls_figures")),
    path("children/", include("virtualschool.web.urls_children")),
    path("children/progress/", include("virtualschool.web.urls_progress")),
    path("plans/", include("virtualschool.web.urls_plans")),
    path("annual-report/", include("virtualschool.web.urls_report")),
    path("premium/", include("virtualschool.web.urls_premium")),
    path("improvement/", include("virtualschool.web.urls_improvement")),
    path("voice/", include("virtualschool.web.urls_voice")),
    path("", include("virtualschool.web.urls_people")),
    path("", include("virtualschool.web.urls_governance")),
    path("accounts/", include("virtualschool.web.urls_account")),
]
handler404 = errors.not_found
handler500 = errors.fault
handler403 = errors.not_found
handler400 = errors.not_understood
