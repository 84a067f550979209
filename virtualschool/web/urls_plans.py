"""Addresses of education plans."""

from django.urls import path

from virtualschool.web.views import assessments, plan_details, plan_files, plan_quality, plans

urlpatterns = [
    path("", plans.listed, name="plans"),
    path("terms", plans.terms, name="plans-terms"),
    path("files", plan_files.files, name="plans-files"),
    path("files/<int:number>", plan_files.file, name="plans-file"),
    path("assessments", assessments.group, name="plans-assessments"),
    path("assessments/files", assessments.files, name="plans-assessments-files"),
    path("assessments/files/<int:number>", assessments.file, name="plans-assessments-file"),
    path("export", plan_files.export, name="plans-export"),
    path("help", plan_quality.help_needed, name="plans-help"),
    path("moderation", plan_quality.moderation, name="plans-moderation"),
    path("moderation/<int:number>", plan_quality.sample, name="plans-sample"),
    path("moderation/<int:number>/<int:plan>", plan_quality.second, name="plans-second"),
    path("quality-settings", plan_quality.settings, name="plans-quality-settings"),
    path("visit/<str:token>", plans.visit, name="plans-visit"),
    path("child/<str:token>", plans.child, name="plans-child"),
    path("child/<str:token>/assessments", assessments.of_child, name="plans-child-assessments"),
    path("child/<str:token>/<int:plan>", plans.plan, name="plans-plan"),
    path("child/<str:token>/<int:plan>/version/<int:version>", plans.plan, name="plans-version"),
    path("child/<str:token>/<int:plan>/print", plans.printed, name="plans-print"),
    path("child/<str:token>/<int:plan>/history", plans.history, name="plans-history"),
    path("child/<str:token>/<int:plan>/part", plans.part, name="plans-part"),
    path("child/<str:token>/<int:plan>/meeting", plans.meeting, name="plans-meeting"),
    path("child/<str:token>/<int:plan>/target", plans.target, name="plans-target-new"),
    path("child/<str:token>/<int:plan>/target/<int:target>", plans.target, name="plans-target"),
    path("child/<str:token>/<int:plan>/target/<int:target>/review", plans.review, name="plans-target-review"),
    path("child/<str:token>/<int:plan>/details", plan_details.details, name="plans-details"),
    path("child/<str:token>/<int:plan>/details/<str:table>", plan_details.lines, name="plans-lines"),
    path("child/<str:token>/<int:plan>/quality", plan_quality.quality, name="plans-quality"),
    path("child/<str:token>/<int:plan>/quality/<str:rule>", plan_quality.mark, name="plans-mark"),
    path("child/<str:token>/<int:plan>/state", plans.state, name="plans-state"),
]
