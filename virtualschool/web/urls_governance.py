"""Addresses of what a controller keeps."""

from django.urls import path

from virtualschool.web.views import governance

urlpatterns = [
    path("people/complaints", governance.complaints, name="people-complaints"),
    path("people/incidents", governance.incidents, name="people-incidents"),
    path("people/before-use", governance.before_use, name="people-before-use"),
    path("people/child/<str:token>/whole-file", governance.whole, name="people-whole-file"),
    path("people/retention", governance.kept, name="people-retention"),
]
