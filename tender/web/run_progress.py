"""Live progress of a run: a stream of events, and a poll for those who cannot listen."""

import time
from collections.abc import Iterator
from uuid import UUID

from flask import Response, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from tender.accounts import sessions
from tender.assembly import queries
from tender.assembly.models import AssemblyRun
from tender.assembly.rules import OVER
from tender.bids.queries import room
from tender.bids.rules import require_inside
from tender.core import clock
from tender.core.actor import Actor, system
from tender.core.errors import Refusal
from tender.core.transaction import reading, transaction
from tender.web import run_view
from tender.web.assembly import bp, place_of
from tender.web.visitor import actor, visitor

POLL_SECONDS = 0.5
LONGEST_SECONDS = 60.0
RECOGNISE_SECONDS = 3.0
NO_MORE = 286  # htmx's and our script's sign to stop polling


@bp.get("/assemblages/<uuid:run_id>/etat")
def state(ref: str, run_id: UUID) -> ResponseReturnValue:
    """The progress as a fragment; 286 once the run is over."""
    if not request.headers.get("HX-Request"):
        return redirect(url_for(".run", ref=ref, run_id=run_id))
    with reading(actor()) as session:
        bid, standing = place_of(session, ref)
        found = queries.run_of(session, bid.id, run_id)
        shown = run_view.progress(found, may_cancel=standing.coordinates)
    over = found.state in OVER
    return render_template("assembly/_progress.html", run=shown), NO_MORE if over else 200


@bp.get("/assemblages/<uuid:run_id>/flux")
def stream(ref: str, run_id: UUID) -> ResponseReturnValue:
    """Events `etape` and `fin`; it ends after a minute, and the browser connects again."""
    with reading(actor()) as session:
        bid, _ = place_of(session, ref)
        queries.run_of(session, bid.id, run_id)
    events = _events(ref, run_id, visitor().token, actor())
    response = Response(stream_with_context(events), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _events(ref: str, run_id: UUID, token: str, who: Actor | None) -> Iterator[str]:
    """Look at the row twice a second, and every few seconds whether the person is still let in."""
    start = recognised = time.monotonic()
    last = ""
    yield "retry: 1000\n\n"
    while time.monotonic() - start < LONGEST_SECONDS:
        if time.monotonic() - recognised > RECOGNISE_SECONDS:
            who, recognised = _still(token), time.monotonic()
        run = _seen(ref, run_id, who) if who else None
        if run is None:
            return
        shown = run_view.progress(run, may_cancel=False)
        fragment = render_template("assembly/_progress.html", run=shown)
        if fragment != last:
            last = fragment
            yield event("etape", fragment)
        if run.state in OVER:
            yield event("fin", run.state.value)
            return
        time.sleep(POLL_SECONDS)


def _still(token: str) -> Actor | None:
    """Recognise the person anew: seats may be gone, or the session ended."""
    with transaction(system("sign_in")) as session:
        found = sessions.recognise(session, token, now=clock.now())
    return None if found is None or found.second_factor_due else found.actor


def _seen(ref: str, run_id: UUID, who: Actor) -> AssemblyRun | None:
    try:
        with reading(who) as session:
            bid, standing = room(session, who, ref)
            require_inside(standing)
            return queries.run_of(session, bid.id, run_id)
    except Refusal:
        return None


def event(name: str, data: str) -> str:
    """Shape one server-sent event; every line of its data is marked."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines())
    return f"event: {name}\n{lines or 'data:' + chr(10)}\n"
