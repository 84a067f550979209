from django.apps import AppConfig


class Web(AppConfig):
    name = "virtualschool.web"
    label = "web"
    verbose_name = "Virtual School"
