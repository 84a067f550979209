"""Addresses of self-evaluation, readiness, the register of outcomes, and the action plan."""

from django.urls import path

from virtualschool.web.views import action_plan, evaluation

urlpatterns = [
    path("", evaluation.overview, name="improvement"),
    path("mine", evaluation.mine, name="improvement-mine"),
    path("plan", action_plan.plan, name="improvement-plan"),
    path("plan/new", action_plan.begin, name="improvement-action-new"),
    path("plan/bring", action_plan.bring, name="improvement-plan-bring"),
    path("plan/proposals", action_plan.proposals, name="improvement-proposals"),
    path("plan/file/<str:kind>", action_plan.download, name="improvement-plan-file"),
    path("plan/action/<str:key>", action_plan.action, name="improvement-action"),
    path("plan/action/<str:key>/change", action_plan.change, name="improvement-action-change"),
    path("recommendations", evaluation.recommendations, name="improvement-recommendations"),
    path("recommendations/change/<str:key>", evaluation.recommendation_changed, name="improvement-recommendation"),
    path("inspections", action_plan.outcomes, name="improvement-inspections"),
    path("figures-from-elsewhere", action_plan.given, name="improvement-given"),
    path("carry", evaluation.carry, name="improvement-carry"),
    path("finding/<str:key>", evaluation.finding, name="improvement-finding"),
    path("take-back/<str:kind>/<str:key>", evaluation.take_back, name="improvement-take-back"),
    path("<str:framework>/", evaluation.framework, name="improvement-framework"),
    path("<str:framework>/area/<str:judgement>", evaluation.area, name="improvement-area"),
    path("<str:framework>/area/<str:judgement>/grade", evaluation.grade, name="improvement-grade"),
    path("<str:framework>/criterion/<str:criterion>", evaluation.criterion, name="improvement-criterion"),
    path("<str:framework>/simulator", evaluation.simulator, name="improvement-simulator"),
    path("<str:framework>/readiness", action_plan.ready, name="improvement-readiness"),
    path("<str:framework>/capacity", evaluation.capacity, name="improvement-capacity"),
    path("<str:framework>/history", evaluation.history, name="improvement-history"),
    path("<str:framework>/recommendation", evaluation.recommendation_new, name="improvement-recommendation-new"),
]
