"""A section: its text, versions, review."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import FileField, HiddenField, TextAreaField

from tender.bids.models import Bid
from tender.bids.queries import room
from tender.bids.rules import Standing, require_inside
from tender.contributions import diff, intake, queries
from tender.contributions.models import Revision, RevisionKind, Section
from tender.contributions.service import reviewing, writing
from tender.core import clock, setup
from tender.core.errors import Conflict, Invalid, NotFound, Refusal
from tender.core.transaction import Session, reading, transaction
from tender.web import bid_view, forms, section_view
from tender.web.refusals import refused
from tender.web.vault import attachment
from tender.web.visitor import actor

bp = Blueprint("sections", __name__, url_prefix="/affaires/<ref>/sections/<number>")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class UploadForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A Word file."""

    file = FileField(lazy_gettext("Fichier Word"))


class WriteForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A text typed in the page; `version` is the one it was made from."""

    text = TextAreaField(lazy_gettext("Texte de la section"))
    version = HiddenField()


class ChangesForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Why a section goes back to its writer."""

    reason = TextAreaField(lazy_gettext("Corrections demandées"))


class CommentForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """A word about a section."""

    text = TextAreaField(lazy_gettext("Votre commentaire"))


@dataclass(frozen=True, slots=True)
class Place:
    """A section in its room, and who looks at it."""

    bid: Bid
    standing: Standing
    section: Section


def place_of(session: Session, ref: str, number: str) -> Place:
    """Find a section in its room; NotFound for those outside."""
    bid, standing = room(session, actor(), ref)
    require_inside(standing)
    return Place(bid, standing, queries.section_numbered(session, bid.id, number))


def require_sent(form: FlaskForm, field: str) -> None:
    """A form that its page's token no longer fits is sent again, with what was typed."""
    if not form.validate():
        raise Invalid("La page a expiré : envoyez à nouveau.", field=field)


@bp.get("")
def show(ref: str, number: str) -> ResponseReturnValue:
    """The newest text that this person may read, its health, what was said."""
    return page(ref, number)


def page(ref: str, number: str, status: int = 200, **filled: FlaskForm) -> ResponseReturnValue:
    """Show the section, with a form that was refused if there is one."""
    with reading(actor()) as session:
        place = place_of(session, ref, number)
        revisions = queries.revisions_of(session, actor(), place.standing, place.section.id)
        newest = revisions[0] if revisions else None
        last = place.section.last_revision
        body = render_template(
            "sections/section.html",
            **around(place, newest, len(revisions)),
            version=section_view.version(newest, last=last) if newest else None,
            preview=section_view.preview(newest) if newest else None,
            health=section_view.health(newest.health) if newest else None,
            comments=section_view.comments(queries.remarks_on(session, place.section.id)),
            upload_form=filled.get("upload") or UploadForm(formdata=None),
            changes_form=filled.get("changes") or ChangesForm(formdata=None),
            comment_form=filled.get("comment") or CommentForm(formdata=None),
        )
    return body, status


def around(place: Place, newest: Revision | None, count: int) -> dict[str, Any]:
    """Give what all pages of a section show around their own part."""
    bid, section = place.bid, place.section
    return {
        "bid": bid_view.summary(bid),
        "section": section_view.shown(section, newest, now=clock.now()),
        "may": section_view.may(actor(), place.standing, bid.stage, section),
        "version_count": count,
        "base": section.last_revision,
    }


@bp.post("/fichier")
def upload(ref: str, number: str) -> ResponseReturnValue:
    """Store an uploaded file as the next version; refused, everything stays as it was."""
    form = UploadForm()
    with reading(actor()) as session:
        place = place_of(session, ref, number)
        writing.require_may_write(session, actor(), place.bid, place.section)
    sent = request.files.get("file")
    try:
        require_sent(form, "file")
        data = sent.stream.read() if sent else b""
        taken = intake.take_in_file(
            setup.storage(), place.bid.id, place.section.id,
            name=(sent.filename if sent else "") or "", data=data,
        )  # fmt: skip
        made = _stored(ref, number, taken, seen=forms.whole(request.form.get("base")))
    except (Invalid, Conflict) as refusal:
        status = forms.blame(form, refusal)
        form.file.errors = [*form.file.errors, *form.form_errors]
        return page(ref, number, status, upload=form)
    flash(gettext("Version %(number)s déposée.", number=made.number), "success")
    return redirect(url_for(".show", ref=ref, number=number), 303)


def _stored(ref: str, number: str, taken: intake.Intake, *, seen: int) -> Revision:
    """Give a text its row, or forget its files."""
    try:
        with transaction(actor()) as session:
            place = place_of(session, ref, number)
            made = writing.add_revision(
                session, actor(), place.bid, place.section.id, taken, seen=seen, now=clock.now()
            )
    except Refusal:
        intake.forget(setup.storage(), taken)
        raise
    if made.file_key != taken.file_key:
        intake.forget(setup.storage(), taken)
    return made


@bp.route("/ecrire", methods=["GET", "POST"])
def write(ref: str, number: str) -> ResponseReturnValue:
    """Write in the page; each save is a version."""
    form, status = WriteForm(), 200
    with reading(actor()) as session:
        place = place_of(session, ref, number)
        writing.require_may_write(session, actor(), place.bid, place.section)
    if request.method == "POST":
        try:
            require_sent(form, "text")
            taken = intake.take_in_text(
                setup.storage(), place.bid.id, place.section.id, text=form.text.data or ""
            )
            made = _stored(ref, number, taken, seen=forms.whole(form.version.data))
        except (Invalid, Conflict) as refusal:
            status = forms.blame(form, refusal)
        else:
            flash(gettext("Version %(number)s enregistrée.", number=made.number), "success")
            return redirect(url_for(".show", ref=ref, number=number), 303)
    return _writing_page(ref, number, form, status)


def _writing_page(ref: str, number: str, form: WriteForm, status: int) -> ResponseReturnValue:
    """Show the field; after a conflict with both texts, ready to be stored on top."""
    with reading(actor()) as session:
        place = place_of(session, ref, number)
        revisions = queries.revisions_of(session, actor(), place.standing, place.section.id)
        newest = revisions[0] if revisions else None
        conflict = None
        if status == Conflict.status and newest is not None:
            form.version.data = str(place.section.last_revision)
            conflict = section_view.version(newest, last=newest.number) | {"text": newest.text}
        elif request.method == "GET":
            form.version.data = str(place.section.last_revision)
            typed = newest is not None and newest.kind is RevisionKind.TEXT
            form.text.data = newest.text if newest is not None and typed else ""
        body = render_template(
            "sections/write.html", form=form, conflict=conflict,
            **around(place, newest, len(revisions)),
        )  # fmt: skip
    return body, status


@bp.get("/versions")
def versions(ref: str, number: str) -> ResponseReturnValue:
    """All versions that this person may read, and what changed between two."""
    with reading(actor()) as session:
        place = place_of(session, ref, number)
        found = queries.revisions_of(session, actor(), place.standing, place.section.id)
        by_number = {r.number: r for r in found}
        new = by_number.get(forms.whole(request.args.get("a")), found[0] if found else None)
        old = by_number.get(
            forms.whole(request.args.get("de")), found[1] if len(found) > 1 else None
        )
        texts = (old.text, new.text) if old and new else ("", "")
        compared = diff.compare(*texts)
        return render_template(
            "sections/versions.html",
            **around(place, found[0] if found else None, len(found)),
            versions=[section_view.version(r, last=place.section.last_revision) for r in found],
            old=old.number if old else None,
            new=new.number if new else None,
            diff=compared.blocks,
            added=compared.added,
            removed=compared.removed,
        )


@bp.post("/versions/<int:version>/restaurer")
def restore(ref: str, number: str, version: int) -> ResponseReturnValue:
    """Bring an older version back, as a new one."""
    try:
        with transaction(actor()) as session:
            place = place_of(session, ref, number)
            made = writing.restore(
                session, actor(), place.bid, place.section.id, version,
                seen=forms.whole(request.form.get("base")), now=clock.now(),
            )  # fmt: skip
    except (Invalid, Conflict) as refusal:
        return refused(refusal, url_for(".versions", ref=ref, number=number))
    flash(gettext("Version %(old)s reprise : c’est la version %(new)s.",
                  old=version, new=made.number), "success")  # fmt: skip
    return redirect(url_for(".show", ref=ref, number=number), 303)


@bp.get("/versions/<int:version>/fichier")
def download(ref: str, number: str, version: int) -> ResponseReturnValue:
    """Take a version away; the audit keeps who did."""
    with transaction(actor()) as session:
        place = place_of(session, ref, number)
        revision = queries.revision_numbered(
            session, actor(), place.standing, place.section.id, version
        )
        reviewing.note_download(session, actor(), place.section, revision, now=clock.now())
    try:
        data = setup.storage().get(revision.file_key)
    except FileNotFoundError:
        raise NotFound(
            "Le fichier de cette version manque au stockage. Prévenez l’administration."
        ) from None
    return attachment(data, revision.file_name, WORD)
