"""More of Word's habits: groups, figures' lists, forms, bare files, picture bullets, cell"
" changes."""

from tests.fidelity.producers.word import MAIN, SPACES, Word, field, mark, r
from tests.fidelity.producers.word_things import graphic_of, inline, picture

_DML = "http://schemas.openxmlformats.org/drawingml/2006"
_MS = "http://schemas.microsoft.com/office"
_WHO = 'w:author="Ana Exemple" w:date="2026-03-01T10:00:00Z"'
_MARGINS = (
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708"'
    ' w:footer="708" w:gutter="0"/>'
)
_RECT = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


def groups() -> bytes:
    """A group of a picture and a box in a theme's colour, with an older drawing beside it."""
    word = Word("fr")
    word.add("word/media/image1.png", picture("lime"), "image/png")
    rid = word.relate(MAIN, "image", "media/image1.png")
    box = (
        '<wps:wsp><wps:cNvPr id="3" name="b"/><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="500000" cy="300000"/></a:xfrm>{_RECT}<a:solidFill><a:schemeClr val="accent2">'
        '<a:lumMod val="75000"/></a:schemeClr></a:solidFill></wps:spPr><wps:txbx><w:txbxContent>'
        f"{word.p('Dans le groupe')}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    shown = (
        f'<pic:pic xmlns:pic="{_DML}/picture"><pic:nvPicPr><pic:cNvPr id="4" name="i"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{rid}"/><a:srcRect l="1000"/>'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>{_RECT}</pic:spPr></pic:pic>"
    )
    group = (
        f'<wpg:wgp xmlns:wpg="{_MS}/word/2010/wordprocessingGroup"><wpg:cNvGrpSpPr/>'
        f"<wpg:grpSpPr/>{box}{shown}</wpg:wgp>"
    )
    new = inline(5, graphic_of(f"{_MS}/word/2010/wordprocessingGroup", group), "Groupe")
    drawing = new.removeprefix("<w:r>").removesuffix("</w:r>")
    old = (
        '<w:pict><v:group id="_x0000_s1060" style="width:90pt;height:40pt" coordsize="1000,400">'
        f'<v:rect id="_x0000_s1061" style="width:500;height:300" fillcolor="#c55a11"><v:textbox>'
        f"<w:txbxContent>{word.p('Dans le groupe')}</w:txbxContent></v:textbox></v:rect>"
        f'<v:rect id="_x0000_s1062" style="width:500;height:300"><v:imagedata'
        f' r:id="{rid}"/></v:rect>'
        "</v:group></w:pict>"
    )
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice xmlns:wpg="{_MS}/word/2010/wordprocessingGroup"'
        f' Requires="wpg">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )
    return word.build(word.p("Groupe : ", both), word.p("Après le groupe."))


def figures() -> bytes:
    """A list of figures and an index, a caption by chapter, a formula, a form's field."""
    word = Word("fr")
    entry = (
        f'<w:hyperlink w:anchor="_Toc500">{r("Figure 1 : la vue")}<w:r><w:tab/></w:r></w:hyperlink>'
    )
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        ' TOC \\h \\z \\c "Figure" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        "</w:r>"
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    form = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Champ1"/><w:enabled/>'
        "<w:textInput/></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMTEXT"
        " </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{r('réponse')}{end}"
    )
    cells = "".join(
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{word.p(text)}</w:tc></w:tr>'
        for text in ("2", "3", field(" =SUM(ABOVE) ", "5"))
    )
    return word.build(
        word.p(begin, entry, end, style="toc 1"),
        word.p(mark(50, "_Toc500", r("Figure ") + field(" SEQ Figure \\* ARABIC ", "1")
               + r(" : la vue")), style="caption"),
        word.p("Champ ", mark(51, "Champ1", form), "."),
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol'
        f' w:w="2000"/></w:tblGrid>{cells}</w:tbl>',
        word.p("Le ", field(' DATE \\@ "dd/MM/yyyy" ', "01/03/2026"), " en ",
               field(" SYMBOL 252 \\f Wingdings ", "ü"), "."),
        word.p("Un champ ", field(" REF _Toc500 \\h ", "Figure 1 : la vue"), " au bout."),
    )  # fmt: skip


def bare() -> bytes:
    """A file with nothing but its text: no styles, no lists, no settings."""
    word = Word("fr")
    for name in [n for n in word.parts if n != MAIN]:
        del word.parts[name]
    word.rels[MAIN] = []
    return word.build(word.p("Nu."), word.p(r("gras", "<w:b/>")), end="")


def drawn_bullets() -> bytes:
    """A list whose bullets are a picture."""
    word = Word("fr")
    word.add("word/media/image1.png", picture("orange"), "image/png")
    rid = word.relate("word/numbering.xml", "image", "media/image1.png")
    bullet = (
        '<w:numPicBullet w:numPicBulletId="0"><w:pict><v:shape id="_x0000_i1070" style="width:9pt;'
        f'height:9pt" o:bullet="t"><v:imagedata r:id="{rid}"/></v:shape></w:pict></w:numPicBullet>'
    )
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/>'
        '<w:lvlPicBulletId w:val="0"/><w:lvlJc w:val="left"/></w:lvl>'
    )
    word.side("numbering", f'<w:numbering {SPACES}>{bullet}<w:abstractNum w:abstractNumId="0">'
              f'<w:nsid w:val="6B000000"/><w:multiLevelType w:val="hybridMultilevel"/>{level}'
              '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
              "</w:numbering>")  # fmt: skip
    place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return word.build(word.p("à puce dessinée", properties=place), word.p("après"))


def cell_changes() -> bytes:
    """Tracked cells, table and section settings, an inserted end of paragraph, a list's number."""
    word = Word("fr")

    def cell(text: str, more: str = "") -> str:
        properties = f'<w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{more}</w:tcPr>'
        return f"<w:tc>{properties}{word.p(text)}</w:tc>"

    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblPrChange w:id="1" {_WHO}><w:tblPr>'
        '<w:tblW w:w="4000" w:type="dxa"/></w:tblPr></w:tblPrChange></w:tblPr><w:tblGrid><w:gridCol'
        ' w:w="2000"/><w:gridCol w:w="2000"/></w:tblGrid><w:tr>'
        f"{cell('reste')}{cell('ajoutée', f'<w:cellIns w:id={chr(34)}2{chr(34)} {_WHO}/>')}</w:tr>"
        f"<w:tr>{cell('garde')}{cell('garde aussi')}</w:tr></w:tbl>"
    )
    inserted = f'<w:rPr><w:ins w:id="4" {_WHO}/></w:rPr>'
    section = (
        f'<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>{_MARGINS}'
        f'<w:sectPrChange w:id="5" {_WHO}><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>{_MARGINS}'
        "</w:sectPr></w:sectPrChange></w:sectPr>"
    )
    nested = (
        f'<w:ins w:id="6" {_WHO}><w:r><w:t xml:space="preserve">mis </w:t></w:r><w:del w:id="7"'
        f" {_WHO}><w:r><w:delText>puis ôté</w:delText></w:r></w:del></w:ins>"
    )
    return word.build(
        table, word.p("Une fin", properties=inserted), word.p("et la suite."),
        word.p("Texte ", nested, "reste."), word.p("Fin."), end=section,
    )  # fmt: skip
