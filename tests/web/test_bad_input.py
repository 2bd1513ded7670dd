"""Whatever is sent to any page, it answers; whatever was stored, no page runs it.

Routes, forms, fields and parameters are taken from the application itself: a new page is covered
from its first day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.web.conftest import SignIn
from tests.web.everything import Everything, poisoned
from tests.web.page_forms import Field, PageForm, Tags, forms_in

ROOT = Path(__file__).parent.parent.parent
TAKEN = re.compile(r"form\.get(?:list)?\(\"(\w+)\"")
PARAMETER = re.compile(r"args\.get(?:list)?\(\"(\w+)\"")
STAGES = ("drafting", "qualifying", "submitted")
APART = {"assembly.stream", "static"}  # one takes a minute, the other is served before Flask
POISON = "P0IS0N\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}</textarea>"
TEXTS = {
    "nul": "a\0b", "lines": "a\r\nSet-Cookie: x=1\r\n\r\n<p>", "long": "é" * 20_000,
    "code": "' or 1=1; -- %_\\ {{ config }} {0.__class__} %(x)s %n 🍇", "half": "\ud83c",
    "turned": "\u202e\u2066x\u0007", "blank": "\u00a0 \t",
}  # fmt: skip
SHOWN = {"lines", "code", "half", "turned"}
NUMBERS = ("9" * 5000, "-1", "sNaN", "1e999999", "99999999999999.99", "")
DATES = (
    "0001-01-01", "9999-12-31", "0001-01-01T00:00", "9999-12-31T23:59", "2027-03-28T02:30",
    "2026-10-25T02:30", "2026-02-30", "0" * 5000,
)  # fmt: skip
PARAMETERS = (
    TEXTS["lines"], TEXTS["code"], TEXTS["half"], "9" * 5000, "-1",
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
)  # fmt: skip
PLACES = ("a%00b", "a%0d%0aX: y", "..%2f..%2fetc", "9" * 40, "%ff%fe")


@pytest.fixture
def all_there(session: Session) -> Everything:
    return Everything(session)


@dataclass
class Browser:
    """Somebody with every seat, and a way to try things without leaving a trace."""

    client: FlaskClient
    connection: Connection
    app: Flask
    everything: Everything

    def pages(self) -> list[str]:
        """The address of every page that can be opened."""
        rules = [r for r in self.app.url_map.iter_rules() if "GET" in (r.methods or ())]
        return sorted({self.everything.address(r) for r in rules if r.endpoint not in APART})

    def changes(self) -> list[Rule]:
        """Every route that takes a POST."""
        return [r for r in self.app.url_map.iter_rules() if "POST" in (r.methods or ())]

    def forms(self) -> list[PageForm]:
        """Every form of every page, once."""
        found: dict[tuple[str, ...], PageForm] = {}
        for stage in STAGES:
            with self.connection.begin_nested() as trial:
                self.everything.move(self.connection, stage)
                for form in self._shown():
                    form.stage = stage
                    found.setdefault((self.endpoint(form.action), *sorted(form.fields)), form)
                trial.rollback()
        return [*found.values(), *self._formless({where for where, *_ in found})]

    def _shown(self) -> Iterator[PageForm]:
        stranger = self.app.test_client()
        for page in self.pages():
            answer = self.client.get(page)
            answer = stranger.get(page) if answer.status_code == 302 else answer
            if answer.mimetype == "text/html":
                yield from forms_in(answer.get_data(as_text=True), page)

    def _formless(self, posted: set[str]) -> Iterator[PageForm]:
        """What scripts post, and forms that stand on a page in another state only."""
        sources = (ROOT / "tender" / "web").glob("*.py")
        names = set(chain.from_iterable(TAKEN.findall(s.read_text("utf-8")) for s in sources))
        for rule in self.changes():
            if rule.endpoint not in posted:
                fields = {name: Field(name, "text") for name in sorted(names)}
                address = self.everything.address(rule)
                yield PageForm(address, fields, on_page=False, stage=STAGES[0])

    def endpoint(self, address: str) -> str:
        """Name the page of an address."""
        path = urlsplit(address).path
        return str(self.app.url_map.bind("127.0.0.1").match(path, method="POST")[0])

    def send(self, form: PageForm, data: Any, *, then: bool = False) -> TestResponse:
        """Post, perhaps look at what comes of it, and undo it all."""
        kept = self.client.get_cookie("grappe")
        assert kept is not None
        with self.connection.begin_nested() as trial:
            self.everything.move(self.connection, form.stage)
            try:
                answer = self.client.post(form.action, data=data)
                if then and answer.status_code == 303:
                    for page in (answer.headers["Location"], self.everything.room):
                        assert self.client.get(page).status_code < 500, (form.action, page)
                return answer
            finally:
                trial.rollback()
                self.client.set_cookie("grappe", kept.value)


@pytest.fixture
def browser(all_there: Everything, sign_in: SignIn, connection: Connection, app: Flask) -> Browser:
    return Browser(sign_in(all_there.person), connection, app, all_there)


def test_every_change_is_tried_and_most_as_people_would_make_it(browser: Browser) -> None:
    forms = browser.forms()
    assert {browser.endpoint(f.action) for f in forms} == {r.endpoint for r in browser.changes()}
    done = [form for form in forms if browser.send(form, form.filled()).status_code == 303]
    assert len(done) > 25


def test_every_page_opens_for_somebody_with_every_seat(browser: Browser) -> None:
    bad = [p for p in browser.pages() if browser.client.get(p).status_code >= 500]
    assert bad == []


def test_no_text_of_any_row_runs_on_any_page(browser: Browser, session: Session) -> None:
    poisoned(session, browser.everything, POISON)
    shown = 0
    for page in browser.pages():
        answer = browser.client.get(page)
        html = answer.get_data(as_text=True)
        assert answer.status_code < 500, page
        if answer.mimetype == "text/html":
            shown += "P0IS0N" in html
            harmless(html, page)
    assert shown > 20


def test_no_text_of_any_form_runs_on_any_page(browser: Browser) -> None:
    """What is refused comes back in its field, what is taken on the pages that show it."""
    for form in browser.forms():
        answer = browser.client.post(form.action, data=form.filled(POISON), follow_redirects=True)
        assert answer.status_code < 500, form.action
        if answer.mimetype == "text/html":
            harmless(answer.get_data(as_text=True), form.action)
    for page in browser.pages():
        answer = browser.client.get(page)
        assert answer.status_code < 500, page
        if answer.mimetype == "text/html":
            harmless(answer.get_data(as_text=True), page)


def harmless(html: str, where: str) -> None:
    """No tag, handler or script address came out of a text, and no template ran."""
    for tag, attributes in Tags(html).all:
        assert not any(name.startswith("on") for name in attributes), (where, tag, attributes)
        assert not (tag == "script" and "src" not in attributes), (where, tag, attributes)
        for name in ("href", "src", "action", "formaction"):
            assert not attributes.get(name, "").lower().startswith(("javascript:", "x")), where
    assert "alert(1)</script>" not in html, where
    assert "P0IS0N" not in html or "49" not in html.partition("P0IS0N")[2][:200], where


def test_a_form_that_is_filled_with_nonsense_is_refused_or_taken_and_shown(
    browser: Browser,
) -> None:
    for form in browser.forms():
        for data, then in chain(_odd(form), ((data, False) for data in _misfits(form))):
            answer = browser.send(form, data, then=then)
            assert answer.status_code < 500, (form.action, str(data)[:400])


def _odd(form: PageForm) -> Iterator[tuple[dict[str, Any], bool]]:
    """What to send, and whether to look at what comes of it: odd texts, numbers, dates."""
    for name, value in TEXTS.items():
        yield form.filled(_sent(value)), name in SHOWN
    for value, names in product(NUMBERS, form.groups(dates=False)):
        yield form.filled() | dict.fromkeys(names, value), False
    for value, names in product(DATES, form.groups(dates=True)):
        if names:
            yield form.filled() | dict.fromkeys(names, value), True


def _sent(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def _misfits(form: PageForm) -> Iterator[dict[str, Any]]:
    yield {}
    yield form.filled() | {"no_such_field": "x", "id": "1", "state": "approved", "company_id": "x"}
    for name in form.fields if form.on_page else ():
        yield {k: v for k, v in form.filled().items() if k != name}
        yield form.filled() | {name: ["a", "b"]}
        yield {f"{k}[]" if k == name else k: v for k, v in form.filled().items()}
        yield form.filled() | {name: (BytesIO(b"<x/>"), "x.xml")}
        yield form.filled() | {name: "a text"}


def test_a_flood_of_fields_or_one_that_is_endless_is_refused_in_words(browser: Browser) -> None:
    many = "&".join(f"f{n}=x" for n in range(100_000))
    endless = "text=" + "x" * 10 * 1024 * 1024
    for path in ("/connexion", "/mot-de-passe-oublie", "/compte", browser.everything.room):
        assert _posted(browser, path, many).status_code < 500, path
        assert _posted(browser, path, endless).status_code in {405, 413}, path
    parts = {f"f{n}": "x" for n in range(600)}
    answer = browser.client.post("/connexion", data=parts, content_type="multipart/form-data")
    assert answer.status_code == 413


def _posted(browser: Browser, path: str, body: str) -> TestResponse:
    return browser.client.post(path, data=body, content_type="application/x-www-form-urlencoded")


def test_a_parameter_that_holds_nonsense_breaks_no_page(browser: Browser) -> None:
    sources = (ROOT / "tender" / "web").glob("*.py")
    named = set(chain.from_iterable(PARAMETER.findall(s.read_text("utf-8")) for s in sources))
    assert {"q", "page", "etat", "stage", "avant", "periode"} <= named
    for page, value in product(browser.pages(), PARAMETERS):
        arguments = dict.fromkeys(sorted(named - {"lang", "roundtrip"}), _sent(value))
        answer = browser.client.get(page, query_string=arguments)
        assert answer.status_code < 500, (page, value[:30])
        assert "Set-Cookie: x" not in str(answer.headers), page


def test_an_address_that_names_nonsense_is_not_found(browser: Browser) -> None:
    for rule, nonsense in product(browser.app.url_map.iter_rules(), PLACES):
        for part in re.findall(r"<[^>]+>", rule.rule) if rule.endpoint not in APART else ():
            place = browser.everything.address(rule, but={part: nonsense})
            for method in sorted({"GET", "POST"} & set(rule.methods or ())):
                answer = browser.client.open(place, method=method)
                assert answer.status_code < 500, (method, place)


def test_a_change_is_refused_from_elsewhere_as_text_and_by_get(browser: Browser) -> None:
    browser.app.config["WTF_CSRF_ENABLED"] = True
    try:
        for rule in browser.changes():
            address = browser.everything.address(rule)
            foreign = browser.client.post(address, headers={"Origin": "https://mechant.example"})
            assert foreign.status_code in {400, 403}, address
            plain = browser.client.post(address, data="{}", content_type="text/plain")
            assert plain.status_code == 400, address
            if "GET" not in (rule.methods or ()):
                assert browser.client.get(address).status_code in {404, 405}, address
    finally:
        browser.app.config["WTF_CSRF_ENABLED"] = False


def test_no_page_of_a_person_is_kept_by_a_cache(browser: Browser) -> None:
    for page in browser.pages():
        if not page.startswith("/static/"):
            assert "no-store" in browser.client.get(page).headers["Cache-Control"], page
