"""Addresses of the children: lists, one child, the roll, and casework."""

from django.urls import path

from virtualschool.web.views import roll

urlpatterns = [
    path("roll", roll.rolls, name="children-roll"),
    path("roll/load", roll.load, name="children-roll-load"),
    path("roll/headings", roll.template, name="children-roll-headings"),
    path("roll/<int:number>", roll.roll_file, name="children-roll-file"),
    path("changes", roll.changes, name="children-changes"),
]
