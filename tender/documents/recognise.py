"""Names what a file is when it is no .docx, with the remedy that fits."""

from tender.documents.errors import N_, Refused

_KNOWN = (
    (b"%PDF", N_("C’est un PDF. Déposez le fichier Word (.docx) dont il est issu."), "pdf"),
    (b"{\\rtf", N_("C’est un fichier RTF. Enregistrez-le au format .docx dans Word."), "rtf"),
    (
        b"PK",
        N_(
            "L’archive ne commence pas par une pièce : le fichier est abîmé."
            " Dans Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip",
    ),
)


def other_kind(data: bytes) -> Refused:
    """The refusal for bytes that are not a zip of parts from their first byte on."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _old_or_locked(data)
    for start, words, code in _KNOWN:
        if data.startswith(start):
            return Refused(words, code=code)
    if b"PK\x03\x04" in data:
        words = N_(
            "Des données précèdent le document dans le fichier."
            " Dans Word, enregistrez-le sous un autre nom, puis redéposez-le."
        )
        return Refused(words, code="prefix")
    return Refused(N_("Ce n’est pas un document Word. Déposez un fichier .docx."), code="not_word")


def _old_or_locked(data: bytes) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Refused(
            N_(
                "Le document est protégé par un mot de passe. Retirez-le dans Word"
                " (Fichier, Informations, Protéger le document), puis redéposez-le."
            ),
            code="password",
        )
    return Refused(
        N_("C’est un ancien format (.doc). Enregistrez-le au format .docx dans Word."),
        code="old_word",
    )
