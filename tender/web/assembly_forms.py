"""The form that asks for a run."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import Length

from tender.assembly.rules import Choices, RunKind
from tender.web import forms


class StartForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Which run is asked for, and what becomes of traces of work and of pictures in it."""

    kind = RadioField(
        lazy_gettext("Type d’assemblage"),
        choices=forms.choices(
            [
                (RunKind.TRIAL.value, lazy_gettext("Assemblage d’essai")),
                (RunKind.FINAL.value, lazy_gettext("Dossier final")),
            ]
        ),
        default=RunKind.TRIAL.value,
    )
    reason = TextAreaField(
        lazy_gettext("Raison d’accepter les avertissements"), validators=[Length(max=2000)]
    )
    comments = SelectField(
        lazy_gettext("Commentaires"),
        choices=forms.choices(
            [("drop", lazy_gettext("Retirer")), ("keep", lazy_gettext("Garder, pour un essai"))]
        ),
        default="drop",
    )
    revisions = SelectField(
        lazy_gettext("Modifications suivies"),
        choices=forms.choices(
            [
                ("accept", lazy_gettext("Accepter")),
                ("reject", lazy_gettext("Rejeter")),
                ("keep", lazy_gettext("Garder, pour un essai")),
            ]
        ),
        default="accept",
    )
    hidden = SelectField(
        lazy_gettext("Texte masqué"),
        choices=forms.choices(
            [("drop", lazy_gettext("Retirer")), ("keep", lazy_gettext("Garder, pour un essai"))]
        ),
        default="drop",
    )
    image_dpi = SelectField(
        lazy_gettext("Résolution des images"),
        choices=forms.choices(
            [
                ("", lazy_gettext("Telle que déposée")),
                ("220", lazy_gettext("220 points par pouce, pour l’impression")),
                ("150", lazy_gettext("150 points par pouce, pour un fichier léger")),
            ]
        ),
        default="",
    )
    dividers = BooleanField(lazy_gettext("Une page avant chaque lot"))
    all_or_nothing = BooleanField(lazy_gettext("Tout ou rien"))

    def choices(self) -> Choices:
        """Read the choices."""
        return Choices(
            comments=self.comments.data,
            revisions=self.revisions.data,
            hidden=self.hidden.data,
            all_or_nothing=bool(self.all_or_nothing.data),
            image_dpi=int(self.image_dpi.data) if self.image_dpi.data else None,
            dividers=bool(self.dividers.data),
        )

    def fill(self, chosen: Choices) -> None:
        """Show the choices of an earlier run."""
        self.comments.data, self.revisions.data = chosen.comments, chosen.revisions
        self.hidden.data, self.all_or_nothing.data = chosen.hidden, chosen.all_or_nothing
        self.image_dpi.data = str(chosen.image_dpi or "")
        self.dividers.data = chosen.dividers
