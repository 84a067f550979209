"""What the task worker does beside the web: reading and building take longer than a request may."""

from django_tasks import task

from virtualschool.web.actions import uploads


@task()
def read_upload(number: int) -> None:
    uploads.read(number)


@task()
def build_upload(number: int) -> None:
    uploads.build(number)
