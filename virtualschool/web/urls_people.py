"""People, ways in, messages, sharing, events, packs, and the national host."""

from django.urls import path

from virtualschool.web.views import messages, people, sharing

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/invite", people.invite, name="people-invite"),
    path("people/confirm", people.confirm, name="people-confirm"),
    path("people/<int:number>", people.one, name="people-one"),
    path("people/child/<str:token>/ways-in", people.ways_in, name="people-ways-in"),
    path("people/sharing", sharing.shares, name="people-shares"),
    path("people/child/<str:token>/sharing", sharing.child_sharing, name="people-child-sharing"),
    path("people/protected", sharing.protected, name="people-protected"),
    path("people/child/<str:token>/protection", sharing.child_protection, name="people-child-protection"),
    path("people/need", sharing.need, name="people-need"),
    path("invitation/<str:secret>", people.invitation, name="invitation"),
    path("link/<str:secret>", people.open_visit, name="visit-open"),
    path("visit", people.visit, name="visit"),
    path("messages/", messages.inbox, name="messages"),
    path("messages/<int:number>", messages.one, name="messages-one"),
]
