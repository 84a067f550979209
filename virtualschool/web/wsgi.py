import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "virtualschool.web.settings")
application = get_wsgi_application()

from virtualschool.web import warm  # noqa: E402  (settings have to be there first)

warm.in_the_background()
