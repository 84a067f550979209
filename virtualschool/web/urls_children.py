"""Addresses of the children: lists, one child, the roll, and casework."""

from django.urls import path

from virtualschool.web.views import children, children_one, roll

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
]
