"""Bringing notices in by hand: several files at once, each judged on its own."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField

from tender.bids import alarms
from tender.core import clock, setup
from tender.core.errors import Invalid, Refusal
from tender.core.transaction import transaction
from tender.formats.xmlsafe import MAX_BYTES
from tender.notices import rules, service
from tender.notices.service import Imported, Outcome
from tender.web import forms
from tender.web.notices import bp
from tender.web.refusals import say
from tender.web.visitor import actor

AT_ONCE = 50


class ImportForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Files of notices."""

    files = MultipleFileField(lazy_gettext("Fichiers d’avis"))


@bp.route("/importer", methods=["GET", "POST"])
def upload() -> ResponseReturnValue:
    """Take files of notices; one that is refused keeps none of the others back."""
    rules.require_may_import(actor())
    form, results, status = ImportForm(), [], 200
    if request.method == "POST":
        try:
            results = [_result(sent) for sent in _sent(form)]
            status = 200 if all(result["ok"] for result in results) else 422
        except Invalid as refusal:
            status = forms.blame(form, refusal)
    return render_template("notices/import.html", form=form, results=results or None), status


def _sent(form: ImportForm) -> Sequence[FileStorage]:
    if not form.validate():
        raise Invalid("La page a expiré : choisissez à nouveau vos fichiers.")
    sent = [file for file in request.files.getlist("files") if file.filename]
    if not sent:
        raise Invalid("Choisissez au moins un fichier.", field="files")
    if len(sent) > AT_ONCE:
        raise Invalid("Choisissez au plus {most} fichiers à la fois.", field="files", most=AT_ONCE)
    return sent


def _result(sent: FileStorage) -> dict[str, Any]:
    shown: dict[str, Any] = {"name": rules.line(sent.filename or "", 120), "notices": []}
    try:
        with closing(sent):
            data = sent.stream.read(MAX_BYTES + 1)
        received = service.receive(data, setup.storage())
        with transaction(actor()) as session:
            done = service.import_file(session, actor(), received, now=clock.now())
            alarms.tell_of(session, actor(), done, now=clock.now())
            shown["notices"] = [_notice(one) for one in done]
    except Refusal as refusal:
        remedy = gettext("Rien n’a été gardé de ce fichier : corrigez-le ou demandez-le à nouveau.")
        return shown | {"ok": False, "message": f"{say(refusal.text)} {remedy}"}
    return shown | {"ok": True, "message": _message(done)}


def _notice(one: Imported) -> dict[str, Any]:
    tender = one.tender
    live = [lot for lot in tender.lots if lot.withdrawn_at is None]
    return {
        "id": tender.id, "title": tender.title, "lots": len(live), "deadline": tender.deadline_at,
    }  # fmt: skip


def _message(done: Sequence[Imported]) -> str:
    count = Counter(one.outcome for one in done)
    new, changed = count[Outcome.CREATED], count[Outcome.UPDATED]
    filed, known = count[Outcome.FILED], count[Outcome.UNCHANGED]
    said = (
        new and ngettext("%(num)s avis ajouté", "%(num)s avis ajoutés", new),
        changed
        and ngettext(
            "%(num)s consultation mise à jour", "%(num)s consultations mises à jour", changed
        ),
        filed
        and ngettext(
            "%(num)s avis classé, sans changement", "%(num)s avis classés, sans changement", filed
        ),
        known and ngettext("%(num)s avis déjà connu", "%(num)s avis déjà connus", known),
    )
    return ", ".join(str(words) for words in said if words) + "."
