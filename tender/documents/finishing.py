"""The last touches: the bid's name in the headers, neutral properties, the draft's mark."""

from lxml import etree

from tender.documents import fields, trees
from tender.documents.contents import set_result
from tender.documents.cover import Cover
from tender.documents.engine.target import Target
from tender.documents.package import Piece
from tender.documents.trees import Element, q

_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"


def finish_template(target: Target, cover: Cover | None, *, draft: bool) -> None:
    """Fill the title and subject fields of headers and footers, write the properties."""
    title = cover.title if cover else ""
    subject = _group(cover) if cover else ""
    target.package.core = "docProps/core.xml"
    target.package.pieces["docProps/core.xml"] = Piece(CORE_TYPE, _core(title, subject))
    for name, piece in list(target.package.pieces.items()):
        if piece.content_type.endswith(("header+xml", "footer+xml")):
            root = target.tree(name)
            if cover is not None:
                _fill(root, {"TITLE": trees.plain(title), "SUBJECT": trees.plain(subject)})
            if draft and piece.content_type.endswith("header+xml"):
                _mark(root)


def _group(cover: Cover) -> str:
    count = len(cover.members)
    plural = "s" if count > 1 else ""
    return f"{cover.lead} et {count} cotraitant{plural}" if count else cover.lead


def _core(title: str, subject: str) -> bytes:
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap={"cp": _CP, "dc": _DC})
    for name, text in (("title", title), ("subject", subject)):
        if text:
            etree.SubElement(root, f"{{{_DC}}}{name}").text = trees.plain(text)
    etree.SubElement(root, f"{{{_DC}}}language").text = "fr-FR"
    return trees.serialise(root)


def _fill(root: Element, texts: dict[str, str]) -> None:
    for one in fields.scan(root):
        if one.keyword in texts:
            set_result(one, texts[one.keyword])


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
