"""What the task worker does beside the web: reading and building take longer than a request may."""

from django_tasks import task

from virtualschool.web.actions import annual_report, uploads


@task()
def read_upload(number: int) -> None:
    with uploads.told_if_it_fails(number):
        uploads.read(number)


@task()
def build_upload(number: int) -> None:
    with uploads.told_if_it_fails(number):
        uploads.build(number)


@task()
def make_report(la: str, year: int, audience: str, who: str) -> None:
    annual_report.make(la, year, audience, who)
