"""Addresses of the children: lists, one child, the roll, and casework."""

from django.urls import include, path

from virtualschool.web.views import casework, children, children_one, leavers, roll

urlpatterns = [
    path("", children.listed, name="children-list"),
    path("", children.listed, name="children"),
    path("search", children.search, name="children-search"),
    path("export", children.export, name="children-export"),
    path("roll", roll.rolls, name="children-roll"),
    path("roll/load", roll.load, name="children-roll-load"),
    path("roll/headings", roll.template, name="children-roll-headings"),
    path("roll/<int:number>", roll.roll_file, name="children-roll-file"),
    path("changes", roll.changes, name="children-changes"),
    path("child/<str:token>", children_one.child, name="children-child"),
    path("child/<str:token>/meeting", children_one.meeting, name="children-meeting"),
    path("leavers", leavers.leavers, name="children-leavers"),
    path("leavers/lists", leavers.lists, name="children-lists"),
    path("not-full-time", casework.not_full_time, name="children-not-full-time"),
    path("attendance/", include("virtualschool.web.urls_attendance")),
    path("elsewhere", casework.elsewhere, name="children-elsewhere"),
    path("tasks", casework.tasks, name="children-tasks"),
    path("caseloads", casework.caseloads, name="children-caseloads"),
    path("enquiries", casework.enquiries, name="children-enquiries"),
    path("enquiries/add", casework.enquiry, name="children-enquiry"),
    path("child/<str:token>/not-full-time", casework.begin, name="children-begin"),
    path("child/<str:token>/not-full-time/<int:number>", casework.change, name="children-change"),
    path("child/<str:token>/visit", casework.visit, name="children-visit"),
    path("child/<str:token>/contact", casework.contact, name="children-contact"),
    path("child/<str:token>/task", casework.task, name="children-task"),
    path("child/<str:token>/task/<int:number>/done", casework.done, name="children-task-done"),
    path("child/<str:token>/answers", casework.answers, name="children-answers"),
]
