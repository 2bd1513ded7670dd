"""Tables, pictures and text boxes in the habits of Word."""

import io

from PIL import Image

from tests.fidelity.producers.word import MAIN, Word, r

_DML = "http://schemas.openxmlformats.org/drawingml/2006"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = f'xmlns:a="{_DML}/main" xmlns:r="{_R}"'


def picture(colour: str = "navy", kind: str = "PNG") -> bytes:
    """A small real picture."""
    out = io.BytesIO()
    Image.new("RGB", (24, 12), colour).save(out, kind)
    return out.getvalue()


def tables() -> bytes:
    """Merged, shaded and nested tables, one in a style with a first row, one too wide."""
    style = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Bandes"><w:name w:val="Bandes"/>'
        '<w:basedOn w:val="TableauNormal"/><w:pPr><w:spacing w:after="40"/></w:pPr><w:tblPr>'
        '<w:tblStyleRowBandSize w:val="1"/></w:tblPr><w:tblStylePr w:type="firstRow"><w:rPr><w:b/>'
        '<w:color w:val="FFFFFF" w:themeColor="background1"/></w:rPr><w:tcPr><w:shd w:val="clear"'
        ' w:color="auto" w:fill="4472C4" w:themeFill="accent5"/></w:tcPr></w:tblStylePr></w:style>'
    )
    word = Word("fr", more_styles=style)
    grid = _table(
        word, "Grilledutableau", (4000, 2000, 2000),
        [_cell(word, 6000, "deux colonnes", '<w:gridSpan w:val="2"/>'),
         _cell(word, 2000, "haut", '<w:vMerge w:val="restart"/><w:shd w:val="clear" w:color="auto"'
               ' w:fill="DEEAF6"/>')],
        [_cell(word, 4000, "a"), _cell(word, 2000, "b", '<w:vAlign w:val="center"/>'),
         _cell(word, 2000, "", "<w:vMerge/>")],
    )  # fmt: skip
    banded = _table(
        word, "Bandes", (3000, 3000),
        [_cell(word, 3000, "Poste"), _cell(word, 3000, "Prix")],
        [_cell(word, 3000, "un"), _cell(word, 3000, "deux")],
        header=True,
    )  # fmt: skip
    inner = _table(word, "Grilledutableau", (1500,), [_cell(word, 1500, "dedans")])
    outer = (
        '<w:tc><w:tcPr><w:tcW w:w="9000" w:type="dxa"/></w:tcPr>'
        f"{word.p('autour')}{inner}{word.p()}</w:tc>"
    )
    nested = _table(word, "Grilledutableau", (9000,), [outer])
    wide = _table(
        word, "Grilledutableau", (9000, 9000), [_cell(word, 9000, "x"), _cell(word, 9000, "y")]
    )
    return word.build(
        word.p("Avant."), grid, word.p("Puis"), banded, word.p("et"), nested, word.p("large"), wide,
        word.p("après."),
    )  # fmt: skip


def _cell(word: Word, width: int, text: str, more: str = "") -> str:
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>'
    return f"<w:tc>{properties}{word.p(text) if text else word.p()}</w:tc>"


def _table(
    word: Word, style: str, widths: tuple[int, ...], *rows: list[str], header: bool = False
) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    first = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if header else ""
    lines = "".join(
        f'<w:tr w:rsidR="00A1B2C3">{first if not at else ""}{"".join(row)}</w:tr>'
        for at, row in enumerate(rows)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="0" w:type="auto"/>'
        '<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0"'
        f' w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{lines}</w:tbl>'
    )


def inline(number: int, graphic: str, name: str = "Image", size: int = 914400) -> str:
    """A drawing in the line of text."""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{size}"'
        f' cy="457200"/><wp:docPr id="{number}" name="{name} {number}" descr="Une vue {number}"/>'
        f"<wp:cNvGraphicFramePr/>{graphic}</wp:inline></w:drawing></w:r>"
    )


def graphic_of(uri: str, inner: str) -> str:
    """What a drawing shows, of a kind."""
    return f'<a:graphic {_A}><a:graphicData uri="{uri}">{inner}</a:graphicData></a:graphic>'


def _picture(rid: str) -> str:
    return graphic_of(
        f"{_DML}/picture",
        f'<pic:pic xmlns:pic="{_DML}/picture"><pic:nvPicPr><pic:cNvPr id="0" name="i.png"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{rid}"/><a:stretch>'
        '<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext'
        ' cx="914400" cy="457200"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic>",
    )


def pictures() -> bytes:
    """One picture twice, another wrapped by the text, a third in the old way of drawing."""
    word = Word("de")
    for name, kind, colour in (("1.png", "PNG", "navy"), ("2.jpeg", "JPEG", "teal"),
                               ("3.png", "PNG", "olive")):  # fmt: skip
        word.add(f"word/media/image{name}", picture(colour, kind), f"image/{kind.lower()}")
    one = word.relate(MAIN, "image", "media/image1.png")
    two = word.relate(MAIN, "image", "media/image2.jpeg")
    three = word.relate(MAIN, "image", "media/image3.png")
    anchored = (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300"'
        ' simplePos="0" relativeHeight="251658240" behindDoc="0" locked="0" layoutInCell="1"'
        ' allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
        "<wp:posOffset>100</wp:posOffset></wp:positionH><wp:positionV relativeFrom="
        '"paragraph"><wp:posOffset>200</wp:posOffset></wp:positionV><wp:extent cx="914400"'
        ' cy="457200"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="3" name="Bild 3"/>'
        f"<wp:cNvGraphicFramePr/>{_picture(two)}</wp:anchor></w:drawing></w:r>"
    )
    old = (
        '<w:r><w:pict><v:shapetype id="_x0000_t75" coordsize="21600,21600" o:spt="75"'
        ' path="m@4@5l@4@11@9@11@9@5xe" filled="f" stroked="f"><v:path o:extrusionok="f"/>'
        '</v:shapetype><v:shape id="_x0000_i1025" type="#_x0000_t75" style="width:72pt;'
        f'height:36pt"><v:imagedata r:id="{three}" o:title="alt"/></v:shape></w:pict></w:r>'
    )
    return word.build(
        word.p("Vorher", inline(1, _picture(one)), "dazwischen", inline(2, _picture(one))),
        word.p(anchored, "umflossen"),
        word.p("alt", old),
        word.p("Ende."),
    )


def boxes() -> bytes:
    """A text box as Word has it (new drawing, old one as fallback), and an old one alone."""
    word = Word("fr")
    said = word.p(r("Dans la boîte", "<w:b/>")) + word.p("deuxième ligne")
    shape = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm {_A}><a:off x="0" y="0"/><a:ext'
        f' cx="2000000" cy="600000"/></a:xfrm><a:prstGeom {_A} prst="rect"><a:avLst/></a:prstGeom>'
        f"</wps:spPr><wps:txbx><w:txbxContent>{said}</w:txbxContent></wps:txbx><wps:bodyPr/>"
        "</wps:wsp>"
    )
    uri = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    new = inline(7, graphic_of(uri, shape), "Zone de texte")
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{_bare(new)}</mc:Choice>'
        f"<mc:Fallback>{_old(said, 1026, '')}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    alone = f"<w:r>{_old(word.p('Boîte ancienne'), 1027, _TYPE)}</w:r>"
    return word.build(
        word.p("Avant", both), word.p("Entre"), word.p(alone), word.p("Après les boîtes.")
    )


_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,'
    'l21600,xe"><v:stroke joinstyle="miter"/></v:shapetype>'
)


def _bare(run: str) -> str:
    return run.removeprefix("<w:r>").removesuffix("</w:r>")


def _old(said: str, number: int, kind: str) -> str:
    named = ' type="#_x0000_t202"' if kind else ""
    tag = "shape" if kind else "rect"
    return (
        f'<w:pict>{kind}<v:{tag} id="_x0000_s{number}" o:spid="_x0000_s{number}"{named}'
        ' style="width:150pt;height:40pt"><v:textbox><w:txbxContent>'
        f"{said}</w:txbxContent></v:textbox></v:{tag}></w:pict>"
    )
