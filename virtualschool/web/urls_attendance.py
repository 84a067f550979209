"""Addresses of attendance within the term: alerts, prevention of exclusion, charts, cases, files, and that a child is missing."""

from django.urls import path

from virtualschool.web.views import attendance, attendance_cases

urlpatterns = [
    path("", attendance.overview, name="children-attendance"),
    path("prevention", attendance.prevention, name="children-attendance-prevention"),
    path("charts", attendance.charts, name="children-attendance-charts"),
    path("charts/<slug:part>.svg", attendance.picture, name="children-attendance-chart"),
    path("files", attendance.files, name="children-attendance-files"),
    path("files/<int:number>", attendance.file, name="children-attendance-file"),
    path("thresholds", attendance.thresholds, name="children-attendance-thresholds"),
    path("cases", attendance_cases.cases, name="children-attendance-cases"),
    path("child/<str:token>", attendance.child, name="children-attendance-child"),
    path("child/<str:token>/case", attendance_cases.open_case, name="children-attendance-open"),
    path("child/<str:token>/case/<int:number>", attendance_cases.case, name="children-attendance-case"),
    path("child/<str:token>/missing", attendance_cases.missing, name="children-attendance-missing"),
]
