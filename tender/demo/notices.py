"""The notices that the demonstration imports: thirty of them, made for the day it starts."""

from datetime import date

from tender.demo.calls import boamp, eforms, european, national
from tender.demo.calls.spec import Call


def demo_notices(today: date) -> list[tuple[str, bytes]]:
    """File names and bytes, as published; the same for the same day.

    The first is the three-lot call that the demonstration bid answers, due in three weeks.
    """
    return [_file(call, today) for call in (*european.CALLS, *national.CALLS)]


def _file(call: Call, today: date) -> tuple[str, bytes]:
    if call.form == "eforms":
        return f"{call.slug}.xml", eforms.notice(call, today)
    return f"{call.slug}.json", boamp.record(call, today)
