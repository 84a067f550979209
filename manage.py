#!/usr/bin/env python
"""Django's own commands over a store: VIRTUALSCHOOL_STORE=store .venv/bin/python manage.py migrate"""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "virtualschool.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
