"""Addresses of figures. What is chosen stands in the query, so that an address can be shared."""

from django.urls import path

from virtualschool.web.views import figures, figures_files, figures_saved

urlpatterns = [
    path("figures", figures.figures, name="figures"),
    path("figures/trend", figures.trend, name="figures-trend"),
    path("figures/authorities", figures.authorities, name="figures-authorities"),
    path("figures/gap", figures.gap, name="figures-gap"),
    path("figures/groups", figures.groups, name="figures-groups"),
    path("figures/factors", figures.factors, name="figures-factors"),
    path("figures/charts/<slug:part>/<slug:name>.<slug:kind>", figures_files.chart, name="figures-chart"),
    path("figures/downloads/<slug:part>/<slug:name>.<slug:kind>", figures_files.download, name="figures-download"),
    path("figures/saved", figures_saved.views, name="figures-saved"),
    path("figures/saved/<int:number>", figures_saved.view, name="figures-saved-view"),
    path("figures/saved/<int:number>/open", figures_saved.opened, name="figures-saved-open"),
    path("figures/saved/<int:number>/open/<int:version>", figures_saved.opened, name="figures-saved-version"),
]
