from django.apps import AppConfig


class Web(AppConfig):
    name = "virtualschool.web"
    label = "web"
    verbose_name = "Virtual School"

    def ready(self) -> None:
        from virtualschool.web import sign_in  # noqa: F401  (its receivers write down who signs in and out)
