"""What the bid says on every page: its name in headers, neutral properties, a draft's mark."""

from lxml import etree

from tender.documents import trees
from tender.documents.cover import Cover
from tender.documents.engine.headers import fill, fill_fields
from tender.documents.engine.house import House
from tender.documents.package import Piece
from tender.documents.trees import Element, plain, q

_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


def finish_template(house: House, cover: Cover | None, *, draft: bool) -> None:
    """Fill what the template says of the bid as a whole, write the properties, mark a draft."""
    title, subject = (cover.title, cover.group) if cover else ("", "")
    house.package.core = "docProps/core.xml"
    house.package.pieces["docProps/core.xml"] = Piece(CORE_TYPE, _core(title, subject))
    shown = {} if cover is None else {"TITLE": plain(title), "SUBJECT": plain(subject)}
    said = {} if cover is None else _said(cover)
    for name, piece in house.package.pieces.items():
        if piece.content_type.endswith(("header+xml", "footer+xml")):
            root = piece.tree(name)
            fill_fields(root, shown)
            fill(root, said)
            if draft and piece.content_type.endswith("header+xml"):
                _mark(root)
    fill(house.document, said)


def _said(cover: Cover) -> dict[str, str]:
    words = {"acheteur": cover.buyer, "titre": cover.title, "groupement": cover.group}
    return {name: plain(text) for name, text in words.items()}


def _core(title: str, subject: str) -> bytes:
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC})
    for name, text in (("title", title), ("subject", subject)):
        if text:
            etree.SubElement(root, f"{{{_DC}}}{name}").text = trees.plain(text)
    etree.SubElement(root, f"{{{_DC}}}language").text = "fr-FR"
    return trees.serialise(root)


def _mark(root: Element) -> None:
    """« PROJET » across the page, as Word draws its own watermarks."""
    shape = etree.fromstring(
        f'<w:r xmlns:w="{trees.W}" xmlns:v="{trees.V}" xmlns:o="{trees.O}"><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        '<v:shape id="GrappeProjet" o:spid="_x0000_s2049" type="#_x0000_t136" style="'
        "position:absolute;margin-left:0;margin-top:0;width:420pt;height:120pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        'mso-position-vertical:center;mso-position-vertical-relative:margin" fillcolor="#d9d2d6"'
        ' stroked="f"><v:fill opacity=".5"/>'
        '<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="PROJET"/>'
        "</v:shape></w:pict></w:r>"
    )
    first = next(root.iter(q("w:p")), None)
    if first is not None:
        first.append(shape)
