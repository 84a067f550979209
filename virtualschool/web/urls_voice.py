"""Addresses of what children say."""

from django.urls import path

from virtualschool.web.views import voice, voice_activities, voice_council

urlpatterns = [
    path("", voice.overview, name="voice"),
    path("said", voice.said, name="voice-said"),
    path("said.csv", voice.export, name="voice-export"),
    path("together/<int:number>", voice.together, name="voice-together"),
    path("worries", voice.worries, name="voice-worries"),
    path("worries/<int:number>", voice.worry, name="voice-worry"),
    path("settings", voice.settings, name="voice-settings"),
    path("child/<str:token>", voice.child, name="voice-child"),
    path("child/<str:token>/say", voice.say, name="voice-say"),
    path("child/<str:token>/talk", voice.talk, name="voice-talk"),
    path("child/<str:token>/view/<int:view>", voice.view, name="voice-view"),
    path("child/<str:token>/rate/<int:part>", voice_activities.rate, name="voice-rate"),
    path("you-said", voice_council.you_said, name="voice-you-said"),
    path("decisions/new", voice_council.decision, name="voice-decision-new"),
    path("decisions/<int:number>", voice_council.decision, name="voice-decision"),
    path("where", voice_council.hearings, name="voice-where"),
    path("pledge", voice_council.pledge, name="voice-pledge"),
    path("pledge/<int:number>", voice_council.promise, name="voice-promise"),
    path("complaints", voice_council.complaints, name="voice-complaints"),
    path("panels", voice_council.panels, name="voice-panels"),
    path("surveys", voice_council.surveys, name="voice-surveys"),
    path("surveys/<int:number>", voice_council.survey, name="voice-survey"),
    path("activities", voice_activities.activities, name="voice-activities"),
    path("activities/<int:number>", voice_activities.activity, name="voice-activity"),
]
