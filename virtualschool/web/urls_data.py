"""Addresses of the pages of data."""

from django.urls import path

from virtualschool.web.views import data

urlpatterns = [
    path("data", data.data, name="data"),
    path("data/bring", data.bring, name="data-bring"),
    path("data/uploads/<int:number>", data.upload, name="data-upload"),
    path("data/files", data.files, name="data-files"),
    path("data/findings", data.findings, name="data-findings"),
    path("data/history", data.history, name="data-history"),
    path("data/lineage/<slug:measure>", data.lineage, name="data-lineage"),
    path("data/links", data.links, name="data-links"),
]
