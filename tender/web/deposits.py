"""The forms of a deposit."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, FileField, StringField
from wtforms.validators import InputRequired, Length

from tender.web.display import PARIS


class DepositForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What the platform's receipt says; times are Paris time, as on the receipt."""

    deposited_at = DateTimeLocalField(
        lazy_gettext("Déposé le"),
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        validators=[InputRequired(lazy_gettext("Recopiez la date et l’heure du dépôt."))],
    )
    platform = StringField(
        lazy_gettext("Plateforme"),
        validators=[
            InputRequired(lazy_gettext("Dites sur quelle plateforme le pli est déposé.")),
            Length(max=200),
        ],
    )
    receipt_number = StringField(
        lazy_gettext("Numéro de l’accusé de réception"),
        validators=[
            InputRequired(lazy_gettext("Recopiez le numéro de l’accusé de réception.")),
            Length(max=200),
        ],
    )
    receipt = FileField(lazy_gettext("Accusé de réception"))

    def instant(self, zone: ZoneInfo = PARIS) -> datetime:
        """Read the deposit's instant."""
        local: datetime = self.deposited_at.data
        return local.replace(tzinfo=zone)
