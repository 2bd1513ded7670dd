"""Every route as every seat: a route without a rule fails, what is not yours is not found."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.web.isolation.world import MARK, SEATS, World

ALL = frozenset(SEATS)
DOOR = frozenset({"invited", "contributor", "member", "reviewer", "coordinator"})
ROOM = DOOR - {"invited"}
JUDGES = frozenset({"reviewer", "coordinator"})
STEERS = frozenset({"coordinator"})
WRITERS = frozenset({"contributor", "member", "coordinator"})
BINDS = frozenset({"invited", "member", "coordinator"})
OWN = frozenset({"contributor", "member"})
ADMIN = frozenset({"administrator"})
RESULTS = frozenset({"manager", "coordinator", "other_coordinator"})
COORDINATORS = frozenset({"coordinator", "other_coordinator"})
PEOPLE = ALL - {"anonymous"}

# endpoint: (who may see that it exists, who may do it); outside the first it is a plain 404
Rights = tuple[frozenset[str], frozenset[str]]
PUBLIC = {
    "static", "pages.help", "pages.shortcuts", "pages.accessibility", "pages.privacy",
    "health.alive", "health.ready", "health.metrics", "auth.sign_in", "auth.forgot", "auth.reset",
    "auth.invitation",
}  # fmt: skip
RULES: dict[str, Rights] = {
    **dict.fromkeys(
        ("work.home", "work.index", "bids.index", "bids.board", "notices.inbox", "notices.detail",
         "notices.undo", "notices.discard", "notices.later", "notices.original", "auth.account",
         "auth.change_password", "auth.end_session", "auth.second_factor", "auth.enrol_totp",
         "auth.sign_out", "companies.index", "companies.show",
        ),
        (PEOPLE, PEOPLE),
    ),
    "notices.keep": (PEOPLE, PEOPLE),
    "notices.sources": (COORDINATORS | ADMIN, COORDINATORS | ADMIN),
    "notices.upload": (PEOPLE, COORDINATORS | ADMIN),
    **dict.fromkeys(("bids.show",), (PEOPLE, PEOPLE)),  # a redirect that says nothing
    **dict.fromkeys(("bids.lots", "bids.decide"), (DOOR, DOOR)),
    **dict.fromkeys(("bids.claim", "bids.claim_change", "bids.claim_verify"), (DOOR, BINDS)),
    "assembly.state:GET": (PEOPLE, PEOPLE),  # without htmx a redirect that says nothing
    "bids.claim_change:GET": (DOOR, DOOR),
    "bids.claim_release": (DOOR, frozenset({"member", "coordinator"})),
    "bids.claim_confirm": (DOOR, STEERS),
    "bids.decline_invitation": (DOOR, frozenset({"invited", "member"})),
    **dict.fromkeys(
        ("bids.move", "bids.invite", "bids.rules", "bids.lead", "bids.form_of_consortium",
         "outcomes.record"),
        (DOOR, STEERS),
    ),
    "bids.activity": (ROOM, ROOM),
    "bids.plan": (ROOM, ROOM),
    **dict.fromkeys(
        ("bids.section_new", "bids.section_edit",
            "bids.reviewers",
            "bids.reviewer_dismiss",
            "bids.section_remove", "bids.plan_order",
         "bids.plan_start",),
        (ROOM, STEERS),
    ),
    **dict.fromkeys(
        ("sections.show", "sections.housed", "sections.versions", "sections.comment",), (ROOM, ROOM)
    ),
    **dict.fromkeys(
        ("sections.upload", "sections.write", "sections.submit", "sections.restore"),
        (ROOM, WRITERS),
    ),
    **dict.fromkeys(("sections.approve", "sections.ask_changes"), (ROOM, JUDGES)),
    "sections.download": (ROOM, ROOM - {"outsider"}),
    **dict.fromkeys(
        ("assembly.looks:GET", "assembly.style_map:GET", "assembly.report",
         "assembly.report_file", "assembly.index", "assembly.run", "assembly.state",
         "assembly.stream", "assembly.file"),
        (ROOM, ROOM),
    ),
    **dict.fromkeys(
        ("assembly.looks", "assembly.style_map", "assembly.start", "assembly.cancel",
         "assembly.seal", "assembly.deposit",),
        (ROOM, STEERS),
    ),
    **dict.fromkeys(("outcomes.index", "outcomes.export"), (RESULTS, RESULTS)),
    **dict.fromkeys(("vault.index", "vault.download"), (OWN, OWN)),
    "vault.new": (OWN, frozenset({"member"})),
    "companies.invite": (PEOPLE, frozenset({"member"})),
    **dict.fromkeys(
        ("admin.index", "admin.invite", "admin.disable", "admin.enable",
         "admin.forget_second_factor"),
        (ADMIN, ADMIN),
    ),
}  # fmt: skip
NOT_FOUND_FOR_ALL = {
    # these seats may ask, and there is nothing of theirs behind the address of this world
    "auth.end_session", "notices.undo",
}  # fmt: skip


@pytest.fixture
def world(session: Session) -> World:
    """A room and its people, seen by the requests of the test."""
    built = World(session)
    session.commit()
    return built


def test_every_route_has_a_rule(app: Flask) -> None:
    known = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert known - PUBLIC == {key for key in RULES if ":" not in key}


@pytest.mark.parametrize("endpoint", sorted(key for key in RULES if ":" not in key))
def test_a_route_is_for_its_seats_and_not_found_for_the_others(
    endpoint: str, app: Flask, world: World, sign_in: Callable[..., FlaskClient]
) -> None:
    for rule in app.url_map.iter_rules(endpoint):
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            sees, does = RULES.get(f"{endpoint}:{method}", RULES[endpoint])
            for seat in SEATS:
                client = app.test_client() if seat == "anonymous" else sign_in(world.people[seat])
                answer = _call(client, method, _address(rule, world))
                where = f"{seat} {method} {rule.rule}: {answer.status_code}"
                _judge(answer, seat, endpoint, where, sees, does)
                if seat not in sees | does:
                    assert MARK not in answer.get_data(as_text=True), where


def _judge(
    answer: TestResponse, seat: str, endpoint: str, where: str,
    sees: frozenset[str], does: frozenset[str],
) -> None:  # fmt: skip
    assert answer.status_code < 500, where
    if seat == "anonymous":
        assert answer.status_code in {302, 303}, where
        assert answer.headers["Location"].startswith("/connexion"), where
    elif seat in does:
        assert answer.status_code not in {401, 403} | ({404} - _empty(endpoint)), where
    elif seat in sees:
        assert answer.status_code in {302, 303, 403, 404, 422}, where
    else:
        assert answer.status_code == 404, where


def _empty(endpoint: str) -> set[int]:
    return {404} if endpoint in NOT_FOUND_FOR_ALL else set()


@pytest.mark.parametrize("seat", ["outsider", "former", "invited", "other_coordinator", "manager"])
def test_a_room_that_is_not_ones_own_looks_like_one_that_does_not_exist(
    seat: str, world: World, sign_in: Callable[..., FlaskClient]
) -> None:
    client = sign_in(world.people[seat])
    there = client.get(f"/affaires/{world.bid.ref}/sections/1")
    nowhere = client.get("/affaires/ABC-2026-000/sections/1")
    assert there.status_code == nowhere.status_code == 404
    assert _plain(there) == _plain(nowhere)


@pytest.mark.parametrize("method", ["POST"])
def test_every_change_needs_its_token(app: Flask, world: World, method: str) -> None:
    """With the check on, as in life, no form is accepted without its token."""
    app.config["WTF_CSRF_ENABLED"] = True
    try:
        for rule in app.url_map.iter_rules():
            if method in (rule.methods or ()):
                answer = _call(app.test_client(), method, _address(rule, world))
                assert answer.status_code == 400, f"{rule.rule}: {answer.status_code}"
    finally:
        app.config["WTF_CSRF_ENABLED"] = False


def _address(rule: Rule, world: World) -> str:
    """Fill a route's places with what lies in the room."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(world.places[m.group(1)]), rule.rule)


def _call(client: FlaskClient, method: str, address: str) -> TestResponse:
    data = {} if method == "POST" else None
    return client.open(address, method=method, data=data, buffered=True)


def _plain(answer: TestResponse) -> str:
    """The page without what differs in every answer."""
    text = answer.get_data(as_text=True)
    return re.sub(
        r'[0-9a-f]{12}|data-now="[^"]*"|csrf[^>]*>|hx-headers[^>]*>|Imprimé le[^<]*', "", text
    )
