"""The four refusals a person may meet; everything else is a bug."""

from tender.core.text import Text


class Refusal(Exception):
    """Something was refused: the message is fit for the person who asked.

    `field` names the form field it belongs to, `article` the legal text it stands on.
    """

    status = 422

    def __init__(
        self,
        message: str,
        /,
        *,
        field: str | None = None,
        article: str | None = None,
        **params: object,
    ) -> None:
        self.text = Text(message, **params)
        self.field = field
        self.article = article
        super().__init__(str(self.text))


class NotFound(Refusal):
    """It does not exist, or not for this person: the two are never told apart."""

    status = 404


class Forbidden(Refusal):
    """The person may see it, but not do this."""

    status = 403


class Invalid(Refusal):
    """The request cannot be carried out as it stands; it says how to mend it."""

    status = 422


class Conflict(Refusal):
    """Someone else was first, or the thing changed meanwhile."""

    status = 409
