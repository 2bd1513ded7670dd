"""Marks and odd things in the habits of Word: bookmarks of all kinds, frames, ruby, nesting."""

from tests.fidelity.producers.word import MAIN, SPACES, Word, field, mark, r
from tests.fidelity.producers.word_words import SEPARATORS, control, one_list

_APART = (
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Apart"><w:name'
    ' w:val="Encadré à part"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/></w:pPr>'
    "</w:style>"
)


def marks() -> bytes:
    """Bookmarks over paragraphs and cells, inside each other, with a long name; a style named."""
    word = Word("fr", more_styles=_APART)
    long_name = "_Ref_un_nom_de_signet_aussi_long_que_40"
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{text}</w:tc>'
        for text in (word.p(mark(12, "Cellule", r("en cellule"))), word.p("à côté"))
    )
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol'
        ' w:w="3000"/>'
        f'<w:gridCol w:w="3000"/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>'
    )
    nested = field(" REF Cellule \\h ", "en cellule")
    return word.build(
        '<w:bookmarkStart w:id="10" w:name="Bloc"/>',
        word.p("Premier du bloc"),
        word.p("dernier du bloc"),
        '<w:bookmarkEnd w:id="10"/>',
        word.p('<w:bookmarkStart w:id="11" w:name="Long"/>', "de là"),
        word.p("jusque là", '<w:bookmarkEnd w:id="11"/>', mark(0, "_GoBack", "")),
        table,
        word.p(mark(13, long_name, r("au nom long")), mark(14, "Point", "")),
        word.p("Voir ", field(f" REF {long_name} \\h ", "au nom long"), ", ", nested, ", ",
               field(" PAGEREF Bloc \\h ", "1"), ", ", field(" REF Point \\p \\h ", "ci-dessus")),
        word.p("Deux noms ", mark(15, "Externe", r("un ") + mark(16, "Interne", r("deux"))
               + r(" trois"))),
        word.p("Voir ", field(" REF Interne \\h ", "deux"), " dans ",
               field(" REF Externe \\h ", "un deux trois")),
        word.p("Titre courant : ", field(' STYLEREF "Encadré à part" ', "Titre à part")),
        word.p("Titre à part", style="Apart"),
        word.p("Entrée", field(' XE "Entrée" ', ""), " d’index."),
    )  # fmt: skip


def notes_of_all_kinds() -> bytes:
    """Notes with a list, a reference and a bookmark inside; a note with a mark of its own."""
    word = Word("de")
    one_list(word)
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    own = "<w:r><w:footnoteRef/></w:r>"
    items = (
        f'<w:footnote w:id="2"><w:p>{own}{r(" Siehe ")}{field(" REF Ziel ", "das Ziel")}</w:p>'
        f"{word.p('erstens', properties=numbered)}{word.p('zweitens', properties=numbered)}"
        f'</w:footnote><w:footnote w:id="5"><w:p>{mark(31, "InNote", r("Stern"))}</w:p>'
        "</w:footnote>"
    )
    separators = SEPARATORS.format("footnote")
    word.side("footnotes", f"<w:footnotes {SPACES}>{separators}{items}</w:footnotes>")
    star = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="5"/><w:t>*</w:t></w:r>'
    return word.build(
        word.p(mark(30, "Ziel", r("das Ziel")), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        word.p("Mit Stern", star, " und ", field(" REF InNote \\h ", "Stern"), "."),
        word.p("erstens im Text", properties=numbered),
    )


def odd() -> bytes:
    """A drop cap, ruby, directions, smart tags, permissions, a rule, nested controls."""
    word = Word("fr")
    frame = (
        '<w:framePr w:dropCap="drop" w:lines="3" w:wrap="around" w:vAnchor="text"'
        ' w:hAnchor="text"/>'
    )
    ruby = (
        '<w:r><w:ruby><w:rubyPr><w:rubyAlign w:val="center"/><w:hps w:val="10"/><w:hpsRaise'
        ' w:val="18"/><w:hpsBaseText w:val="21"/><w:lid w:val="ja-JP"/></w:rubyPr><w:rt>'
        f"{r('かん')}</w:rt><w:rubyBase>{r('漢')}</w:rubyBase></w:ruby></w:r>"
    )
    tag = f'<w:smartTag w:uri="urn:exemple" w:element="lieu">{r("Valmarne")}</w:smartTag>'
    turned = f'<w:bdo w:val="rtl">{r("abc")}</w:bdo>'
    allowed = f'<w:permStart w:id="77" w:edGrp="everyone"/>{r("libre")}<w:permEnd w:id="77"/>'
    line = (
        '<w:r><w:pict><v:rect id="_x0000_i1030" style="width:0;height:1.5pt" o:hralign="center"'
        ' o:hrstd="t" o:hr="t" fillcolor="#a0a0a0" stroked="f"/></w:pict></w:r>'
    )
    inner = control('<w:tag w:val="dedans"/><w:id w:val="202"/><w:text/>', r("dedans"))
    outer = control('<w:tag w:val="dehors"/><w:id w:val="201"/>',
                    word.p("autour de ", inner) + word.p("et après"))  # fmt: skip
    rid = word.relate(MAIN, "hyperlink", "https://boite.invalid/", external=True)
    boxed = f'<w:hyperlink r:id="{rid}">{r("lien")}</w:hyperlink>'
    box = (
        '<w:r><w:pict><v:rect id="_x0000_s1040" style="width:90pt;height:30pt"><v:textbox>'
        f"<w:txbxContent>{word.p('avec ', boxed)}</w:txbxContent></v:textbox></v:rect></w:pict>"
        "</w:r>"
    )
    return word.build(
        word.p("L", properties=frame), word.p("e texte suit sa lettrine."),
        word.p("Ruby ", ruby, " lieu ", tag, " sens ", turned, " et ", allowed, "."),
        word.p(line), outer, word.p("Boîte", box),
        word.p("Collé au suivant", properties="<w:keepNext/><w:keepLines/>"),
        word.p("Nouvelle page", properties="<w:pageBreakBefore/>"),
    )  # fmt: skip


def other_looks() -> bytes:
    """Styles with the names and ids of another document's, which look otherwise."""
    styles = (
        '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Base"><w:name'
        ' w:val="Encadré base"/><w:basedOn w:val="Standard"/><w:pPr><w:keepNext/><w:jc'
        ' w:val="right"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/><w:i/><w:color'
        ' w:val="00B050"/></w:rPr></w:style><w:style w:type="character" w:customStyle="1"'
        ' w:styleId="Fort"><w:name w:val="Fort maison"/><w:rPr><w:u w:val="single"/></w:rPr>'
        "</w:style>"
    )
    word = Word("de", more_styles=styles)
    return word.build(
        word.p("Encadré ", r("autrement fort", '<w:rStyle w:val="Fort"/>'), style="Base"),
        word.p("Eine Liste", style="List Paragraph"),
        word.p("Eine Beschriftung", style="caption"),
    )


def local_names() -> bytes:
    """Styles whose names are French or German, as other programs than Word write them."""
    names = ("Titre 1", "Légende", "Paragraphe de liste", "Corps de texte", "Citation",
             "Überschrift 2", "Beschriftung", "Listenabsatz", "Textkörper", "Zitat")  # fmt: skip
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:name w:val="{name}"/><w:basedOn'
        f' w:val="Normal"/><w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/><w:sz'
        f' w:val="{20 + at}"/></w:rPr></w:style>'
        for at, name in enumerate(names)
    )
    word = Word("fr", more_styles=styles)
    return word.build(
        *(word.p(f"Dans « {name} »", style=f"s{at}") for at, name in enumerate(names))
    )
