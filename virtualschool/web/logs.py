"""Logs and error reports without what belongs to a child: no values of requests, no local variables, no addresses' queries."""

import logging
import re
import traceback

from django.views.debug import SafeExceptionReporterFilter

VALUES = re.compile(r"(\?)[^\s\"']*")


class WithoutChildren(logging.Formatter):
    """One line a record: when, how grave, where, what. Of a fault, the kind and the places in the code, not its words,
    since the words of an exception may quote what was read."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record = logging.makeLogRecord(record.__dict__)
        record.msg, record.args = VALUES.sub(r"\1…", record.getMessage()), ()
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            places = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
            record.msg += f" [{kind.__name__} at {' > '.join(places[-6:])}]"
        record.exc_info = record.exc_text = record.stack_info = None
        return super().format(record)


class NothingShown(SafeExceptionReporterFilter):
    """A report of a fault shows no setting, no value of a request and no variable."""

    def get_post_parameters(self, request):
        return {}

    def get_traceback_frame_variables(self, request, tb_frame):
        return []
