"""Addresses of the annual report."""

from django.urls import path

from virtualschool.web.views import report

urlpatterns = [
    path("", report.overview, name="improvement-report"),
    path("<int:year>/part/<str:part>", report.part, name="improvement-report-part"),
    path("<int:year>/file/<str:audience>/<str:name>", report.file, name="improvement-report-file"),
]
