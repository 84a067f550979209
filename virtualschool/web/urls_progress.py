"""Addresses of a child's progress from starting points."""

from django.urls import path

from virtualschool.web.views import progress, progress_files

urlpatterns = [
    path("", progress.listed, name="children-progress"),
    path("blank", progress_files.blank, name="children-progress-blank"),
    path("home", progress.home, name="children-progress-home"),
    path("home/add", progress.home_add, name="children-progress-home-add"),
    path("home/document", progress_files.home_document, name="children-progress-home-document"),
    path("home/file", progress_files.home_file, name="children-progress-home-file"),
    path("child/<str:token>", progress.child, name="children-progress-child"),
    path("child/<str:token>/add/<str:record>", progress.add, name="children-progress-add"),
    path("child/<str:token>/record/<int:number>", progress.record, name="children-progress-record"),
    path("child/<str:token>/record/<int:number>/correct", progress.correct, name="children-progress-correct"),
    path("child/<str:token>/record/<int:number>/withdraw", progress.withdraw, name="children-progress-withdraw"),
    path("child/<str:token>/record/<int:number>/share", progress.share, name="children-progress-share"),
    path("child/<str:token>/print", progress.printed, name="children-progress-print"),
    path("child/<str:token>/mine", progress.mine, name="children-progress-mine"),
    path("child/<str:token>/documents", progress_files.child_documents, name="children-progress-documents"),
    path("child/<str:token>/documents/<str:document>/<str:style>", progress_files.child_document, name="children-progress-document"),
    path("child/<str:token>/files/<int:number>", progress_files.child_file, name="children-progress-file"),
]
