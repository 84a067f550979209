"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from virtualschool.web.permissions import page


@page("signed-in")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/home.html")
