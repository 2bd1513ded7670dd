"""Documents that LibreOffice has written: flat OpenDocument and a web page, turned into Word's."""

import base64
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from tests.fidelity.producers.word_things import picture

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
        ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
_MORE = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def _flat(styles: str, masters: str, body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} {_MORE}'
        ' office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:master-styles>"
        f"{masters}</office:master-styles><office:body><office:text>{body}</office:text>"
        "</office:body></office:document>"
    )


_WIDE = (
    '<style:page-layout style:name="plat"><style:page-layout-properties fo:page-width="29.7cm"'
    ' fo:page-height="21cm" style:print-orientation="landscape" fo:margin="2cm"/>'
    '</style:page-layout><style:page-layout style:name="haut"><style:page-layout-properties'
    ' fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/></style:page-layout>'
    '<style:style style:name="couche" style:family="paragraph" style:master-page-name="Plat"/>'
    '<style:style style:name="debout" style:family="paragraph" style:master-page-name="Standard"/>'
)
_BOLD = (
    '<style:style style:name="gras" style:family="text"><style:text-properties'
    ' fo:font-weight="bold"/></style:style><style:style style:name="haut" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
)
_MASTERS = (
    '<style:master-page style:name="Standard" style:page-layout-name="haut"/>'
    '<style:master-page style:name="Plat" style:page-layout-name="plat"/>'
)


def _words() -> str:
    """Headings, emphasis, notes, a link, a bookmark and a reference to it, a comment."""
    note = (
        '<text:note text:note-class="{0}"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Une note {0}.</text:p></text:note-body></text:note>"
    )
    return _flat(
        _BOLD, "",
        '<text:h text:outline-level="1">Notre méthode</text:h><text:p>Un texte <text:span'
        ' text:style-name="gras">gras</text:span> et haut<text:span text:style-name="haut">2'
        f"</text:span>{note.format('footnote')}, une fin{note.format('endnote')}.</text:p>"
        '<text:h text:outline-level="2">Détail</text:h><text:p>Voir <text:a xlink:type="simple"'
        ' xlink:href="https://exemple.invalid/">le site</text:a> et <text:bookmark-ref'
        ' text:reference-format="text" text:ref-name="la-cible">la cible</text:bookmark-ref>.'
        '</text:p><text:p>Ici <text:bookmark-start text:name="la-cible"/>la cible'
        '<text:bookmark-end text:name="la-cible"/><office:annotation><dc:creator>Ana Exemple'
        "</dc:creator><dc:date>2026-03-01T10:00:00</dc:date><text:p>À revoir</text:p>"
        "</office:annotation> et la suite.</text:p>",
    )  # fmt: skip


def _pages() -> str:
    """Lists, a table, a picture, a page that lies down between two that stand."""
    image = base64.b64encode(picture("teal")).decode()
    items = "".join(
        f"<text:list-item><text:p>{t}</text:p></text:list-item>" for t in ("un", "deux")
    )
    levels = (
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    )
    cells = "".join(f"<table:table-cell><text:p>{t}</text:p></table:table-cell>" for t in "ab")
    merged = (
        '<table:table-cell table:number-columns-spanned="2"><text:p>ensemble</text:p>'
        "</table:table-cell><table:covered-table-cell/>"
    )
    return _flat(
        f'{_WIDE}<text:list-style style:name="nombres">{levels}</text:list-style>', _MASTERS,
        f'<text:p>Avant.</text:p><text:list text:style-name="nombres">{items}</text:list>'
        '<text:p text:style-name="couche">Couché.</text:p><table:table table:name="t"><table:table'
        f'-column table:number-columns-repeated="2"/><table:table-row>{merged}</table:table-row>'
        f"<table:table-row>{cells}</table:table-row></table:table>"
        '<text:p text:style-name="debout">Debout <draw:frame text:anchor-type="as-char"'
        ' svg:width="2cm" svg:height="1cm"><draw:image><office:binary-data>'
        f"{image}</office:binary-data></draw:image></draw:frame> avec une image.</text:p>"
        '<text:p>Autour <draw:frame text:anchor-type="paragraph" svg:width="4cm" svg:height="1cm">'
        "<draw:text-box><text:p>dans une boîte</text:p></draw:text-box></draw:frame> de là."
        "</text:p>",
    )  # fmt: skip


_WEB = (
    '<html lang="fr"><head><meta charset="utf-8"></head><body><h1>Page du réseau</h1><p>Du texte'
    ' <b>gras</b>, <i>penché</i>, <a href="https://exemple.invalid/web">un lien</a>.</p><ol><li>un'
    "</li><li>deux<ul><li>puce</li></ul></li></ol><table border=1><tr><td colspan=2>ensemble</td>"
    "</tr><tr><td>a</td><td>b</td></tr></table><p>Fin de la page.</p></body></html>"
)


@cache
def converted() -> dict[str, bytes]:
    """All of them, by one start of LibreOffice."""
    sources = {"words.fodt": _words(), "pages.fodt": _pages(), "web.html": _WEB}
    program = shutil.which("soffice") or shutil.which("libreoffice") or "soffice"
    with tempfile.TemporaryDirectory(prefix="grappe-") as name:
        folder = Path(name)
        for file, text in sources.items():
            (folder / file).write_text(text, encoding="utf-8")
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [program, profile, "--headless", "--norestore", "--convert-to"]
        filters = {"fodt": "docx:MS Word 2007 XML", "html": "docx:Office Open XML Text"}
        for ending, wanted in filters.items():
            files = [str(folder / file) for file in sources if file.endswith(ending)]
            web = ["--infilter=HTML (StarWriter)"] if ending == "html" else []
            subprocess.run(
                [*command[:2], *web, *command[2:], wanted, "--outdir", name, *files],
                check=True, capture_output=True, timeout=120,
            )  # fmt: skip
        return {f"office {path.stem}": path.read_bytes() for path in sorted(folder.glob("*.docx"))}
