"""Charts, diagrams, equations and embedded objects in the habits of Word."""

from tests.fidelity.producers.word import MAIN, Word, zipped
from tests.fidelity.producers.word_things import graphic_of, inline, picture

_DML = "http://schemas.openxmlformats.org/drawingml/2006"
_DSP = "http://schemas.microsoft.com/office/drawing/2008/diagram"
_OFFICE = "application/vnd.openxmlformats-officedocument."
_XLSX = f"{_OFFICE}spreadsheetml.sheet"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = f'xmlns:a="{_DML}/main" xmlns:r="{_R}"'
_DGM = f'xmlns:dgm="{_DML}/diagram" {_A}'


def workbook(text: str = "chiffre") -> bytes:
    """A small real workbook."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    doc = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    pkg = "http://schemas.openxmlformats.org/package/2006"
    types = (
        f'<Types xmlns="{pkg}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/xl/workbook.xml" ContentType="{_XLSX}.main+xml"/><Override PartName='
        f'"/xl/worksheets/sheet1.xml" ContentType="{_OFFICE}spreadsheetml.worksheet+xml"/></Types>'
    )
    book = (
        f'<workbook xmlns="{main}" xmlns:r="{doc}"><sheets><sheet name="F" sheetId="1"'
        f' r:id="rId1"/></sheets></workbook>'
    )
    sheet = (
        f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{text}'
        '</t></is></c><c r="B1"><v>3</v></c></row></sheetData></worksheet>'
    )

    def rels(kind: str, target: str) -> str:
        one = f'<Relationship Id="rId1" Type="{doc}/{kind}" Target="{target}"/>'
        return f'<Relationships xmlns="{pkg}/relationships">{one}</Relationships>'

    blobs = {
        "[Content_Types].xml": types,
        "_rels/.rels": rels("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": rels("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped({name: text.encode() for name, text in blobs.items()})


def charts() -> bytes:
    """A chart with its workbook, its style and its colours."""
    word = Word("fr")
    chart = (
        f'<c:chartSpace xmlns:c="{_DML}/chart" {_A}><c:chart><c:plotArea><c:layout/><c:barChart>'
        '<c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order'
        ' val="0"/><c:val><c:numRef><c:f>F!$B$1</c:f><c:numCache><c:ptCount val="1"/><c:pt idx="0">'
        '<c:v>3</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId'
        ' val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/><c:axPos'
        ' val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:delete'
        ' val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart>'
        '<c:externalData r:id="rId3"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
    name = "word/charts/chart1.xml"
    word.add(name, chart, f"{_OFFICE}drawingml.chart+xml")
    cs = 'xmlns:cs="http://schemas.microsoft.com/office/drawing/2012/chartStyle"'
    ms = "http://schemas.microsoft.com/office/2011/relationships"
    word.add("word/charts/style1.xml", f'<cs:chartStyle {cs} id="201"/>',
             "application/vnd.ms-office.chartstyle+xml")  # fmt: skip
    word.add("word/charts/colors1.xml", f'<cs:colorStyle {cs} meth="cycle" id="10"/>',
             "application/vnd.ms-office.chartcolorstyle+xml")  # fmt: skip
    word.relate(name, f"{ms}/chartStyle", "style1.xml")
    word.relate(name, f"{ms}/chartColorStyle", "colors1.xml")
    word.add("word/embeddings/Microsoft_Excel_Sheet1.xlsx", workbook(), _XLSX)
    word.relate(name, "package", "../embeddings/Microsoft_Excel_Sheet1.xlsx")
    rid = word.relate(MAIN, "chart", "charts/chart1.xml")
    inner = f'<c:chart xmlns:c="{_DML}/chart" {_A} r:id="{rid}"/>'
    drawing = inline(1, graphic_of(f"{_DML}/chart", inner), "Graphique")
    return word.build(word.p("Courbe", drawing), word.p("Fin de la courbe."))


_DATA = (
    '<dgm:ptLst><dgm:pt modelId="1"><dgm:t><a:bodyPr/><a:p><a:r><a:t>Étape</a:t></a:r></a:p>'
    "</dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst/><dgm:bg/><dgm:whole/><dgm:extLst><a:ext"
    f' uri="{_DSP}"><dsp:dataModelExt xmlns:dsp="{_DSP}" relId="{{drawing}}"'
    f' minVer="{_DML}/diagram"/></a:ext></dgm:extLst>'
)
_PARTS = (
    ("Layout", "Layout", "layoutDef", '<dgm:title val=""/><dgm:layoutNode name="n"/>'),
    ("QuickStyle", "Style", "styleDef", '<dgm:title val=""/>'),
    ("Colors", "Colors", "colorsDef", '<dgm:title val=""/>'),
)
_DRAWING = (
    f'<dsp:drawing {_A} xmlns:dsp="{_DSP}"><dsp:spTree><dsp:nvGrpSpPr><dsp:cNvPr id="0" name=""/>'
    "<dsp:cNvGrpSpPr/></dsp:nvGrpSpPr><dsp:grpSpPr/></dsp:spTree></dsp:drawing>"
)


def diagrams() -> bytes:
    """SmartArt: data, layout, style, colours, and the drawing that shows it."""
    word = Word("fr")
    ms = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
    kind = "application/vnd.ms-office.drawingml.diagramDrawing+xml"
    word.add("word/diagrams/drawing1.xml", _DRAWING, kind)
    data = _DATA.replace("{drawing}", word.relate(MAIN, ms, "diagrams/drawing1.xml"))
    ids = [_diagram_part(word, "Data", "Data", f"<dgm:dataModel {_DGM}>{data}</dgm:dataModel>")]
    for short, kind, tag, inner in _PARTS:
        xml = f'<dgm:{tag} {_DGM} uniqueId="u">{inner}</dgm:{tag}>'
        ids.append(_diagram_part(word, short, kind, xml))
    named = " ".join(f'r:{m}="{rid}"' for m, rid in zip(("dm", "lo", "qs", "cs"), ids, strict=True))
    graphic = graphic_of(f"{_DML}/diagram", f"<dgm:relIds {_DGM} {named}/>")
    return word.build(word.p("Schéma", inline(1, graphic, "Diagramme")), word.p("Fin du schéma."))


def _diagram_part(word: Word, short: str, kind: str, xml: str) -> str:
    name = f"diagrams/{kind.lower()}1.xml"
    word.add(f"word/{name}", xml, f"{_OFFICE}drawingml.diagram{kind}+xml")
    return word.relate(MAIN, f"diagram{short}", name)


def equations() -> bytes:
    """A fraction in a line, a sum on its own line."""
    word = Word("fr")
    math = (
        '<m:r><w:rPr><w:rFonts w:ascii="Cambria Math" w:hAnsi="Cambria'
        ' Math"/></w:rPr><m:t>{}</m:t></m:r>'
    )
    fraction = (
        f"<m:oMath><m:f><m:num>{math.format('a+b')}</m:num><m:den>{math.format('c')}</m:den></m:f>"
        "</m:oMath>"
    )
    total = (
        '<m:oMathPara><m:oMath><m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>'
        f"{math.format('i=1')}</m:sub><m:sup>{math.format('n')}</m:sup><m:e>{math.format('x')}"
        "</m:e></m:nary></m:oMath></m:oMathPara>"
    )
    return word.build(word.p("Soit ", fraction, " le rapport."), word.p(total), word.p("Voilà."))


def objects() -> bytes:
    """A workbook embedded as an object, with the picture that shows it."""
    word = Word("fr")
    word.add("word/embeddings/Microsoft_Excel_Worksheet.xlsx", workbook("objet"), _XLSX)
    book = word.relate(MAIN, "package", "embeddings/Microsoft_Excel_Worksheet.xlsx")
    word.add("word/media/image1.png", picture("maroon"), "image/png")
    shown = word.relate(MAIN, "image", "media/image1.png")
    item = (
        '<w:r><w:object w:dxaOrig="1440" w:dyaOrig="720"><v:shapetype id="_x0000_t75"'
        ' coordsize="21600,21600" o:spt="75" path="m@4@5l@4@11@9@11@9@5xe"/><v:shape'
        ' id="_x0000_i1025" type="#_x0000_t75" style="width:72pt;height:36pt" o:ole="">'
        f'<v:imagedata r:id="{shown}" o:title=""/></v:shape><o:OLEObject Type="Embed"'
        f' ProgID="Excel.Sheet.12" ShapeID="_x0000_i1025" DrawAspect="Content" ObjectID="_146800"'
        f' r:id="{book}"/></w:object></w:r>'
    )
    return word.build(word.p("Classeur : ", item, "."), word.p("Fin du classeur."))
