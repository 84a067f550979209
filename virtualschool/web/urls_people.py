"""People, ways in, messages, sharing, events, packs, and the national host."""

from django.urls import path

from virtualschool.web.views import events, messages, national, packs, people, sharing

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/invite", people.invite, name="people-invite"),
    path("people/confirm", people.confirm, name="people-confirm"),
    path("people/roles", people.what_roles_open, name="people-roles"),
    path("people/<int:number>", people.one, name="people-one"),
    path("people/child/<str:token>/ways-in", people.ways_in, name="people-ways-in"),
    path("people/sharing", sharing.shares, name="people-shares"),
    path("people/child/<str:token>/sharing", sharing.child_sharing, name="people-child-sharing"),
    path("people/protected", sharing.protected, name="people-protected"),
    path("people/child/<str:token>/protection", sharing.child_protection, name="people-child-protection"),
    path("people/need", sharing.need, name="people-need"),
    path("people/events", events.events, name="people-events"),
    path("people/events/verify", events.verify, name="people-events-verify"),
    path("people/child/<str:token>/looked", events.child_events, name="people-child-events"),
    path("people/packs", packs.packs, name="people-packs"),
    path("people/packs/<str:key>", packs.pack, name="people-pack"),
    path("packs/<str:key>", packs.read, name="packs-one"),
    path("packs/<str:key>/<int:number>", packs.read, name="packs-page"),
    path("national/", national.national, name="national"),
    path("national/children", national.pseudonyms, name="national-children"),
    path("invitation/<str:secret>", people.invitation, name="invitation"),
    path("link/<str:secret>", people.open_visit, name="visit-open"),
    path("visit", people.visit, name="visit"),
    path("messages/", messages.inbox, name="messages"),
    path("messages/<int:number>", messages.one, name="messages-one"),
]
