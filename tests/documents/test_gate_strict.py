from tender.documents.gate import admit
from tests.documents.made import content, docx, rels

W_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
A_STRICT = "http://purl.oclc.org/ooxml/drawingml/main"
C_STRICT = "http://purl.oclc.org/ooxml/drawingml/chart"

BODY = """
<w:p><w:pPr><w:tabs><w:tab w:val="end" w:pos="36pt"/></w:tabs>
<w:spacing w:after="8pt" w:line="12.95pt" w:lineRule="auto"/>
<w:ind w:start="36pt" w:endChars="2" w:hanging="18pt"/><w:jc w:val="start"/></w:pPr>
<w:r><w:rPr><w:spacing w:val="-0.5pt"/><w:w w:val="90%"/><w:position w:val="3pt"/>
<w:sz w:val="11pt"/><w:bdr w:val="single" w:sz="4" w:space="0"/></w:rPr>
<w:t>corps à 50%</w:t></w:r></w:p>
<w:tbl><w:tblPr><w:tblW w:w="50%" w:type="pct"/><w:tblInd w:w="0pt" w:type="dxa"/>
<w:tblBorders><w:start w:val="single" w:sz="4"/></w:tblBorders>
<w:tblCellMar><w:start w:w="5.40pt" w:type="dxa"/><w:end w:w="2.54cm" w:type="dxa"/></w:tblCellMar>
</w:tblPr><w:tblGrid><w:gridCol w:w="233.75pt"/></w:tblGrid>
<w:tr><w:trPr><w:trHeight w:val="1in"/></w:trPr>
<w:tc><w:tcPr><w:textDirection w:val="rl"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>
<w:sdt><w:sdtPr><w:alias w:val="50%"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>
<w:p><w:r><w:drawing><a:clr><a:alpha val="38%"/></a:clr><a:off x="1in" y="12700"/>
<a:nv descr="10%"/></w:drawing></w:r></w:p>
"""
USUAL = """
<w:tab w:val="right" w:pos="720"/>
<w:spacing w:after="160" w:line="259" w:lineRule="auto"/>
<w:ind w:hanging="360" w:left="720" w:rightChars="2"/>
<w:jc w:val="left"/>
<w:spacing w:val="-10"/>
<w:w w:val="90"/>
<w:position w:val="6"/>
<w:sz w:val="22"/>
<w:bdr w:val="single" w:sz="4" w:space="0"/>
<w:tblW w:w="2500" w:type="pct"/>
<w:tblInd w:w="0" w:type="dxa"/>
<w:left w:val="single" w:sz="4"/>
<w:left w:w="108" w:type="dxa"/>
<w:right w:w="1440" w:type="dxa"/>
<w:gridCol w:w="4675"/>
<w:trHeight w:val="1440"/>
<w:textDirection w:val="tbRl"/>
<w:alias w:val="50%"/>
<a:alpha val="38000"/>
<a:off x="914400" y="12700"/>
<a:nv descr="10%"/>
<w:pgSz w:w="12240" w:h="15840"/>
"""


def strict(body: str = BODY, **more: str | bytes) -> bytes:
    """A strict document as Word writes one: units, percentages, start and end, no VML."""
    section = '<w:sectPr><w:pgSz w:w="612pt" w:h="792pt"/></w:sectPr>'
    main = (
        f'<w:document xmlns:w="{W_STRICT}" xmlns:r="{OFFICE_STRICT}" xmlns:a="{A_STRICT}"'
        f' w:conformance="strict"><w:body>{body}{section}</w:body></w:document>'
    )
    links = rels(("rId1", OFFICE_STRICT + "/officeDocument", "word/document.xml"),
                 ("rId2", OFFICE_STRICT + "/extendedProperties", "docProps/app.xml"))  # fmt: skip
    return docx(body, **{"word__document.xml": main, "_rels__.rels": links, **more})


def test_a_strict_document_is_brought_back_to_the_usual_names_and_values() -> None:
    admitted = admit(strict())
    left = content(admitted.data)
    assert [finding.code for finding in admitted.findings] == ["strict"]
    assert "purl.oclc.org" not in left
    assert "conformance" not in left
    for line in USUAL.split("\n"):
        assert line in left
    assert "corps à 50%" in left
    assert admit(admitted.data).data == admitted.data
    assert admit(admitted.data).findings == ()


def test_side_parts_of_a_strict_document_are_translated_too() -> None:
    styles = (
        f'<w:styles xmlns:w="{W_STRICT}"><w:style w:type="paragraph" w:styleId="A"><w:pPr>'
        '<w:jc w:val="end"/></w:pPr><w:rPr><w:sz w:val="12pt"/></w:rPr></w:style></w:styles>'
    )
    chart = (
        f'<c:chartSpace xmlns:c="{C_STRICT}" xmlns:a="{A_STRICT}"><c:gapWidth val="150%"/>'
        '<a:lumMod val="75%"/></c:chartSpace>'
    )
    body = f'<w:p><w:r><w:drawing><c:chart xmlns:c="{C_STRICT}" r:id="r2"/></w:drawing></w:r></w:p>'
    left = content(
        admit(
            strict(
                body,
                **{
                    "word___rels__document.xml.rels": rels(
                        ("r1", OFFICE_STRICT + "/styles", "styles.xml"),
                        ("r2", OFFICE_STRICT + "/chart", "chart1.xml"),
                    ),
                    "word__styles.xml": styles,
                    "word__chart1.xml": chart,
                },
            )
        ).data
    )
    for line in ('<w:jc w:val="right"/>', '<w:sz w:val="24"/>', 'val="150"/>', 'val="75000"/>'):
        assert line in left
