"""Texts in the habits of Word: runs, notes, comments, changes, links, references, controls."""

from tests.fidelity.producers.word import MAIN, SPACES, Word, field, mark, r

SEPARATORS = (
    '<w:{0} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{0}>'
    '<w:{0} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r>'
    "</w:p></w:{0}>"
)
_WHO = 'w:author="Ana Exemple" w:date="2026-03-01T10:00:00Z"'


def words(tongue: str = "fr") -> bytes:
    """Runs that mean something by their format; spelling marks and page breaks of Word."""
    word = Word(tongue)
    told = (
        r("gras", "<w:b/>"), r(" italique", "<w:i/>"), r("exposant", '<w:vertAlign w:val='
        '"superscript"/>'), r("indice", '<w:vertAlign w:val="subscript"/>'),
        r(" barré", "<w:strike/>"), r(" surligné", '<w:highlight w:val="yellow"/>'),
        r(" capitales", "<w:caps/>"), r(" petites", "<w:smallCaps/>"),
        r(" souligné", '<w:u w:val="double"/>'), r(" sans gras", '<w:b w:val="0"/>'),
    )  # fmt: skip
    signs = (
        "<w:r><w:tab/><w:t>après</w:t><w:br/><w:t>ligne</w:t><w:noBreakHyphen/><w:t>x</w:t>"
        '<w:softHyphen/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    spelling = (
        '<w:proofErr w:type="spellStart"/>' + r("fo") + r("te") + '<w:proofErr w:type="spellEnd"/>'
    )
    looks = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/><w:color w:val="C00000"/>'
    return word.build(
        word.p("Un titre d’auteur", style="heading 1"),
        word.p(*told),
        word.p("Des signes", signs),
        word.p(spelling, r(" et un autre air", looks + '<w:sz w:val="36"/>')),
        word.p("<w:r><w:lastRenderedPageBreak/><w:t>page</w:t></w:r>",
               '<w:r><w:br w:type="page"/></w:r>', "suite"),
        word.p("Un sous-titre", style="heading 2"),
        word.p("Du texte centré.", properties='<w:jc w:val="center"/>'),
        word.p(),
        word.p("Fin du texte."),
    )  # fmt: skip


def languages() -> bytes:
    """German by default; a French, an English, an Arabic and a Japanese run."""
    word = Word("de")
    return word.build(
        word.p("Ein deutscher Satz mit ", r("des mots français", '<w:lang w:val="fr-CH"/>'), "."),
        word.p(r("An English sentence.", '<w:lang w:val="en-GB"/>')),
        word.p(
            r("نص", '<w:rFonts w:cs="Arial"/><w:rtl/><w:lang w:bidi="ar-SA"/>'),
            r("日本", '<w:rFonts w:eastAsia="MS Mincho" w:hint="eastAsia"/>'
              '<w:lang w:eastAsia="ja-JP"/>'),
            properties="<w:bidi/>",
        ),
    )  # fmt: skip


def notes() -> bytes:
    """Footnotes and endnotes, with italics, two paragraphs, and links of their own."""
    word = Word("fr")
    for kind, one in (("footnotes", "footnote"), ("endnotes", "endnote")):
        word.rels.setdefault(f"word/{kind}.xml", [])
        word.relate(f"word/{kind}.xml", "hyperlink", f"https://{kind}.invalid/a", external=True)
        text, ref = word.id[f"{one} text"], word.id[f"{one} reference"]
        style = f'<w:pPr><w:pStyle w:val="{text}"/></w:pPr>'
        own = f'<w:r><w:rPr><w:rStyle w:val="{ref}"/></w:rPr><w:{one}Ref/></w:r>'
        link = f'<w:hyperlink r:id="rId1">{r("un site")}</w:hyperlink>'
        items = (
            f'<w:{one} w:id="1"><w:p>{style}{own}{r(f" Première {one} ")}{r("fine", "<w:i/>")}'
            f'</w:p></w:{one}><w:{one} w:id="2"><w:p>{style}{own}{r(" Voir ")}{link}</w:p>'
            f"<w:p>{style}{r('Deuxième alinéa.')}</w:p></w:{one}>"
        )
        separators = SEPARATORS.format(one)
        word.side(kind, f"<w:{kind} {SPACES}>{separators}{items}</w:{kind}>")
    return word.build(
        word.p(
            "Un fait", _call(word, "footnote", 1), ", puis un autre", _call(word, "footnote", 2)
        ),
        word.p("Une fin", _call(word, "endnote", 1), "."),
        word.p("Une fin avec lien", _call(word, "endnote", 2), "."),
    )


def _call(word: Word, kind: str, number: int) -> str:
    style = f'<w:rPr><w:rStyle w:val="{word.id[f"{kind} reference"]}"/></w:rPr>'
    return f'<w:r>{style}<w:{kind}Reference w:id="{number}"/></w:r>'


def comments() -> bytes:
    """A comment, its answer, and a settled one over two paragraphs."""
    word = Word("fr")
    said = ((0, "À revoir", "2C000001"), (1, "C’est fait", "2C000002"), (2, "Bien", "2C000003"))
    items = "".join(
        f'<w:comment w:id="{n}" {_WHO} w:initials="AE"><w:p w14:paraId="{name}"'
        f' w14:textId="77777777"><w:pPr><w:pStyle w:val="{word.id["annotation text"]}"/></w:pPr>'
        f"<w:r><w:annotationRef/></w:r>{r(text)}</w:p></w:comment>"
        for n, text, name in said
    )
    word.side("comments", f"<w:comments {SPACES}>{items}</w:comments>")
    threads = (
        '<w15:commentEx w15:paraId="2C000001" w15:done="0"/><w15:commentEx w15:paraId="2C000002"'
        ' w15:paraIdParent="2C000001" w15:done="0"/><w15:commentEx w15:paraId="2C000003"'
        ' w15:done="1"/>'
    )
    word.side("commentsExtended", f"<w15:commentsEx {SPACES}>{threads}</w15:commentsEx>")
    starts = '<w:commentRangeStart w:id="0"/><w:commentRangeStart w:id="1"/>'
    ends = '<w:commentRangeEnd w:id="{0}"/><w:r><w:commentReference w:id="{0}"/></w:r>'
    return word.build(
        word.p("Avant ", starts, "le passage", ends.format(0), ends.format(1), " après."),
        word.p('<w:commentRangeStart w:id="2"/>', "Un alinéa,"),
        word.p("puis un autre.", ends.format(2)),
    )


def changes() -> bytes:
    """Tracked changes: words, an end of paragraph, a move, a format, a row."""
    word = Word("fr")
    gone = f'<w:del w:id="2" {_WHO}><w:r><w:delText>ancien</w:delText></w:r></w:del>'
    new = f'<w:ins w:id="1" {_WHO}>{r("nouveau")}</w:ins>'
    format_ = f'<w:b/><w:rPrChange w:id="3" {_WHO}><w:rPr><w:i/></w:rPr></w:rPrChange>'
    ended = f'<w:rPr><w:del w:id="4" {_WHO}/></w:rPr>'
    layout = f'<w:jc w:val="right"/><w:pPrChange w:id="5" {_WHO}><w:pPr/></w:pPrChange>'
    away = (
        f'<w:moveFromRangeStart w:id="20" w:name="move1" {_WHO}/><w:moveFrom w:id="6" {_WHO}>'
        f'{r("déplacé")}</w:moveFrom><w:moveFromRangeEnd w:id="20"/>'
    )
    here = (
        f'<w:moveToRangeStart w:id="21" w:name="move1" {_WHO}/><w:moveTo w:id="7" {_WHO}>'
        f'{r("déplacé")}</w:moveTo><w:moveToRangeEnd w:id="21"/>'
    )
    rows = "".join(
        f"<w:tr><w:trPr>{mark_}</w:trPr><w:tc><w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr>"
        f"{word.p(text)}</w:tc></w:tr>"
        for text, mark_ in (("reste", ""), ("ajoutée", f'<w:ins w:id="8" {_WHO}/>'),
                            ("ôtée", f'<w:del w:id="9" {_WHO}/>'))
    )  # fmt: skip
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol'
        f' w:w="2000"/></w:tblGrid>{rows}</w:tbl>'
    )
    return word.build(
        word.p("Un ", gone, new, " mot ", r("autrement", format_), "."),
        word.p("Une fin ôtée", properties=ended),
        word.p(" et sa suite."),
        word.p("À droite", properties=layout),
        word.p("Il y avait ", away, "ici."),
        word.p("Il y a ", here, "là."),
        table,
        word.p("Fin des changements."),
    )


def hidden() -> bytes:
    """Words that no reader of the page sees."""
    word = Word("fr")
    return word.build(word.p("On voit ", r("caché", "<w:vanish/>"), "ceci."), word.p("Et cela."))


def links() -> bytes:
    """Links to the web, to a mailbox, to a place in the text; as elements and as fields."""
    word = Word("numeric")
    style = f'<w:rStyle w:val="{word.id["Hyperlink"]}"/>'
    web = word.relate(MAIN, "hyperlink", "https://exemple.invalid/page?a=1&amp;b=2", external=True)
    mail = word.relate(MAIN, "hyperlink", "mailto:contact@exemple.invalid", external=True)
    return word.build(
        word.p("Voir ", f'<w:hyperlink r:id="{web}" w:history="1">{r("la page", style)}'
               "</w:hyperlink>", " ou ", f'<w:hyperlink r:id="{mail}">{r("écrire", style)}'
               "</w:hyperlink>", "."),
        word.p("Aller ", f'<w:hyperlink w:anchor="cible">{r("plus bas", style)}</w:hyperlink>'),
        word.p("Un champ ", field(' HYPERLINK "https://champ.invalid/"'
                                  ' ', "vers le web", split=True)),
        word.p("Un champ ", field(' HYPERLINK \\l "cible" ', "vers le bas")),
        word.p(mark(3, "cible", r("La cible"))),
    )  # fmt: skip


def references() -> bytes:
    """Captions, references to them, to a numbered paragraph, a note and a page; contents."""
    word = Word("fr")
    one_list(word)
    word.side("footnotes", f"<w:footnotes {SPACES}>{SEPARATORS.format('footnote')}"
              f'<w:footnote w:id="1">{word.p(r("La note."))}</w:footnote></w:footnotes>'
              )  # fmt: skip
    page = field(" PAGEREF _Toc1 \\h ", "1")
    contents = word.p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
        ' TOC \\o "1-2" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar'
        ' w:fldCharType="separate"/></w:r>',
        f'<w:hyperlink w:anchor="_Toc1">{r("Le chapitre")}<w:r><w:tab/></w:r>{page}</w:hyperlink>',
        style="toc 1",
    ) + word.p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    figure = mark(5, "_Ref100", r("Figure ") + field(" SEQ Figure \\* ARABIC ", "1"))
    second = mark(6, "_Ref101", r("Figure ") + field(" SEQ Figure \\* ARABIC ", "2"))
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return word.build(
        contents,
        word.p(mark(4, "_Toc1", r("Le chapitre")), style="heading 1"),
        word.p("Voir ", field(" REF _Ref100 \\h ", "Figure 1", split=True), ", ",
               field(" REF _Ref101 \\h  \\* MERGEFORMAT ", "Figure 2"), " page ",
               field(" PAGEREF _Ref100 \\h ", "1"), "."),
        word.p(figure, " : le premier", style="caption"),
        word.p(second, " : le second", style="caption"),
        word.p("Tableau ", f'<w:fldSimple w:instr=" SEQ Tableau \\* ROMAN ">{r("I")}'
               "</w:fldSimple>", " : le troisième", style="caption"),
        word.p("premier point", properties=numbered),
        word.p(mark(7, "_Ref102", r("deuxième point")), properties=numbered),
        word.p("Voir le point ", field(" REF _Ref102 \\r \\h ", "2"), " et la note ",
               field(" NOTEREF _Ref103 \\h ", "1"), "."),
        word.p("Un fait", mark(8, "_Ref103", '<w:r><w:footnoteReference w:id="1"/></w:r>')),
        word.p("Page ", field(" PAGE ", "1"), " sur ", field(" NUMPAGES ", "1")),
    )  # fmt: skip


def one_list(word: Word) -> None:
    """One list of numbers, id 1."""
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl>'
    )
    word.side("numbering", f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0">'
              f'<w:nsid w:val="1A2B3C4D"/><w:multiLevelType w:val="hybridMultilevel"/>{level}'
              '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
              "</w:numbering>")  # fmt: skip


def controls() -> bytes:
    """Content controls: around paragraphs, in a line, a choice, a box to tick, a date, a cell."""
    word = Word("fr")
    block = control('<w:alias w:val="Société"/><w:tag w:val="soc"/><w:id w:val="101"/><w:text/>',
                     word.p("Orvanne"))  # fmt: skip
    choice = control('<w:alias w:val="Choix"/><w:id w:val="102"/><w:dropDownList><w:listItem'
                      ' w:displayText="Oui" w:value="1"/><w:listItem w:displayText="Non"'
                      ' w:value="0"/></w:dropDownList>', r("Oui"))  # fmt: skip
    box = control('<w:id w:val="103"/><w14:checkbox><w14:checked w14:val="1"/><w14:checkedState'
                   ' w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610"'
                   ' w14:font="MS Gothic"/></w14:checkbox>',
                   r("☒", '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic"'
                     ' w:hAnsi="MS Gothic"/>'))  # fmt: skip
    date = control('<w:tag w:val="jour"/><w:id w:val="104"/><w:date><w:dateFormat w:val='
                    '"dd/MM/yyyy"/><w:lid w:val="fr-FR"/></w:date>', r("02/05/2026"))  # fmt: skip
    cell = f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{word.p("en cellule")}</w:tc>'
    inner = control('<w:tag w:val="cellule"/><w:id w:val="105"/>', cell)
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol'
        ' w:w="2000"/>'
        f"</w:tblGrid><w:tr>{inner}</w:tr></w:tbl>"
    )
    return word.build(
        block, word.p("Réponse : ", choice, " ", box, " le ", date, "."), table, word.p("Fin.")
    )


def control(properties: str, content: str) -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
