"""Why a file is not taken: each reason in its own words, with its remedy."""

from collections.abc import Mapping
from types import MappingProxyType

from tender.documents.errors import N_, Refused

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "pdf": N_("C’est un PDF. Déposez le fichier Word (.docx) dont il est issu."),
        "rtf": N_("C’est un fichier RTF. Enregistrez-le au format .docx dans Word."),
        "zip.start": N_(
            "L’archive ne commence pas par une pièce : le fichier est abîmé."
            " Dans Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "prefix": N_(
            "Des données précèdent le document dans le fichier."
            " Dans Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "empty": N_("Le fichier est vide. Choisissez le fichier .docx enregistré."),
        "too_big": N_(
            "Le fichier dépasse {limit} Mio. Dans Word, compressez ses images, puis redéposez-le."
        ),
        "truncated": N_("Le fichier est tronqué : sa fin manque. Redéposez-le."),
        "zip64": N_(
            "Le fichier annonce une taille démesurée (zip64). Dans Word, enregistrez-le "
            "sous un autre nom, puis redéposez-le."
        ),
        "tail": N_(
            "Des données suivent le document dans le fichier. Dans Word, enregistrez-le "
            "sous un autre nom, puis redéposez-le."
        ),
        "zip.volumes": N_(
            "L’archive du fichier est mal formée : archive en plusieurs volumes. Dans "
            "Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "parts": N_(
            "Le fichier contient {count} pièces, la limite est {limit}. Dans Word, "
            "enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.directory": N_(
            "L’archive du fichier est mal formée : le répertoire n’est pas à sa place. "
            "Dans Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.long": N_(
            "L’archive du fichier est mal formée : répertoire plus long qu’annoncé. Dans "
            "Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "encrypted": N_(
            "L’archive est chiffrée. Enregistrez le document sans mot de passe, puis redéposez-le."
        ),
        "zip.method": N_(
            "L’archive du fichier est mal formée : méthode de compression inconnue. Dans "
            "Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.link": N_(
            "L’archive du fichier est mal formée : lien symbolique. Dans Word, "
            "enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.name": N_(
            "L’archive du fichier est mal formée : nom de pièce interdit. Dans Word, "
            "enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.twins": N_(
            "L’archive du fichier est mal formée : deux pièces portent le même nom. Dans "
            "Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.outside": N_(
            "L’archive du fichier est mal formée : pièce hors du fichier. Dans Word, "
            "enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.headers": N_(
            "L’archive du fichier est mal formée : deux en-têtes se contredisent. Dans "
            "Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.overlap": N_(
            "L’archive du fichier est mal formée : des pièces se chevauchent. Dans Word, "
            "enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.gap": N_(
            "L’archive du fichier est mal formée : des données sont cachées entre les "
            "pièces. Dans Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.short": N_(
            "L’archive du fichier est mal formée : répertoire incomplet. Dans Word, "
            "enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.unreadable": N_(
            "L’archive du fichier est mal formée : répertoire illisible. Dans Word, "
            "enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "zip.name_bytes": N_(
            "L’archive du fichier est mal formée : nom de pièce illisible. Dans Word, "
            "enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "part_too_big": N_(
            "La pièce {part} dépasse {limit} Mio une fois décompressée. Allégez le "
            "document (images, objets), puis redéposez-le."
        ),
        "all_too_big": N_(
            "Le document dépasse {limit} Mio une fois décompressé. Partagez-le en "
            "plusieurs sections, puis redéposez-les."
        ),
        "zip.size": N_(
            "L’archive du fichier est mal formée : une pièce n’a pas la taille annoncée. "
            "Dans Word, enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "crc": N_("La pièce {part} est abîmée. Redéposez le fichier."),
        "ratio": N_(
            "Le fichier se décompresse plus de {limit} fois : il ressemble à une bombe. "
            "Enregistrez-le de nouveau dans Word, puis redéposez-le."
        ),
        "not_word": N_("Ce n’est pas un document Word. Déposez un fichier .docx."),
        "old_word": N_("C’est un ancien format (.doc). Enregistrez-le au format .docx dans Word."),
        "password": N_(
            "Le document est protégé par un mot de passe. Retirez-le dans Word (Fichier, "
            "Informations, Protéger le document), puis redéposez-le."
        ),
        "no_rels": N_(
            "Le fichier n’a pas de sommaire interne. Dans Word, enregistrez-le sous un "
            "autre nom, puis redéposez-le."
        ),
        "two_mains": N_(
            "Le fichier contient deux documents principaux. Dans Word, enregistrez-le sous "
            "un autre nom, puis redéposez-le."
        ),
        "no_main": N_(
            "Le document principal manque dans le fichier. Dans Word, enregistrez-le sous "
            "un autre nom, puis redéposez-le."
        ),
        "plain_zip": N_("C’est une archive zip, pas un document Word. Déposez un .docx."),
        "no_body": N_(
            "Le document n’a pas de corps de texte. Dans Word, enregistrez-le sous un "
            "autre nom, puis redéposez-le."
        ),
        "odf": N_("C’est un fichier OpenDocument. Enregistrez-le au format .docx."),
        "excel": N_("C’est un classeur Excel. Déposez un document Word (.docx)."),
        "powerpoint": N_("C’est une présentation. Déposez un document Word (.docx)."),
        "xml": N_(
            "La pièce {part} est illisible (XML). Dans Word, enregistrez-le sous un autre "
            "nom, puis redéposez-le."
        ),
        "doctype": N_(
            "La pièce {part} contient une déclaration DOCTYPE, interdite ici. Dans Word, "
            "enregistrez-le sous un autre nom, puis redéposez-le."
        ),
        "depth": N_(
            "La pièce {part} imbrique plus de {limit} niveaux. Dans Word, enregistrez-le "
            "sous un autre nom, puis redéposez-le."
        ),
        "xml_size": N_(
            "La pièce {part} est démesurée. Partagez le document en plusieurs sections."
        ),
        "double_rel": N_(
            "Deux liens internes du document portent le même identifiant. Enregistrez de "
            "nouveau le document dans Word, puis redéposez-le."
        ),
        "types": N_(
            "Le type d’une pièce est déclaré deux fois. Dans Word, enregistrez-le sous un "
            "autre nom, puis redéposez-le."
        ),
        "pixels": N_(
            "L’image {part} dépasse {limit} mégapixels. Réduisez-la (Format de l’image, "
            "Compresser les images), puis redéposez le document."
        ),
        "tables": N_(
            "Le document imbrique plus de {limit} tableaux l’un dans l’autre. "
            "Simplifiez-les dans Word, puis redéposez-le."
        ),
    }
)


def refuse(reason: str, **params: object) -> Refused:
    """The refusal for a reason; its code is the reason up to the dot."""
    return Refused(REASONS[reason], code=reason.split(".", maxsplit=1)[0], **params)
