"""The text of a section of the synthetic tender, in its company's way: Word's XML by hand."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tools.bench.habits import Company

CHAPTERS = 4
_ROWS = 8
_DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="5040000" cy="2520000"/>'
    '<wp:docPr id="{number}" name="Picture {number}" descr="{words}"/><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="image{number}.png"/><pic:cNvPicPr/>'
    '</pic:nvPicPr><pic:blipFill><a:blip r:embed="rId{rel}"/><a:stretch><a:fillRect/></a:stretch>'
    '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5040000" cy="2520000"/>'
    '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


@dataclass
class Writer:
    """Writes one section in its company's way."""

    company: Company
    chance: random.Random
    own: str = ""
    notes_written: int = 0
    marks: int = 0

    def words(self, count: int) -> str:
        return " ".join(self.chance.choices(self.company.vocabulary, k=count))

    def text(self, words: str, marks: str = "") -> str:
        """A run, with the traces that this company's editor leaves."""
        fonts = f'<w:rFonts w:ascii="{self.company.font}" w:hAnsi="{self.company.font}"/>'
        looks = (fonts if self.company.direct else "") + marks
        trace = f' w:rsidR="00{self.chance.randrange(1 << 24):06X}"' if self.company.traces else ""
        return (
            f"<w:r{trace}><w:rPr>{looks}<w:lang w:val=\"{self.company.language}\"/></w:rPr>"
            f'<w:t xml:space="preserve">{words} </w:t></w:r>'
        )  # fmt: skip

    def paragraph(self, inner: str, style: str = "", properties: str = "") -> str:
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        trace = (
            f' w14:paraId="{self.chance.randrange(1 << 31):08X}" w:rsidR="00AB12CD"'
            if self.company.traces
            else ""
        )
        return f"<w:p{trace}><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"

    def settings(self) -> str:
        """Word's list of editing sessions: no two files have the same."""
        sessions = (self.chance.randrange(1 << 24) for _ in range(8 if self.company.traces else 0))
        listed = "".join(f'<w:rsid w:val="00{session:06X}"/>' for session in sessions)
        return f'<w:defaultTabStop w:val="708"/><w:rsids>{listed}</w:rsids>'

    def body(self) -> str:
        sides = ("top", "right", "bottom", "left")
        margins = " ".join(f'w:{side}="{self.company.margin}"' for side in sides)
        chapters = "".join(self.chapter(number) for number in range(CHAPTERS))
        return chapters + (
            '<w:sectPr><w:headerReference w:type="default" r:id="rId7"/>'
            f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar {margins} w:header="708" w:footer="708"'
            ' w:gutter="0"/></w:sectPr>'
        )

    def chapter(self, number: int) -> str:
        """A heading, prose with a note and a reference, lists, a table or a picture."""
        ids = self.company.ids
        middle = self.table(number // 2 + 1) if number % 2 else self.shown(number // 2 + 1)
        return "".join((
            self.paragraph(self.marked(f"_Toc10000{number}", self.text(self.words(4))), ids["h1"]),
            self.prose(), self.prose(self.note()), self.prose(self.reference(number)),
            self.listed("bullet", 4), self.paragraph(self.text(self.words(3)), ids["h2"]),
            middle, self.prose(), self.listed("number", 4), self.prose(),
        ))  # fmt: skip

    def prose(self, more: str = "") -> str:
        """A paragraph in several runs."""
        marks = ("", "<w:b/>", "", "<w:i/>", "")
        runs = [self.text(self.words(self.chance.randrange(14, 24)), mark) for mark in marks]
        return self.paragraph("".join(runs) + more, self.company.ids["text"])

    def listed(self, kind: str, count: int) -> str:
        style, properties = self.company.item(kind)
        items = (self.text(self.words(9)) for _ in range(count))
        return "".join(self.paragraph(item, style, properties) for item in items)

    def marked(self, name: str, inner: str) -> str:
        """The same bookmark names in every company's files: Word counts from one number."""
        self.marks += 1
        return (
            f'<w:bookmarkStart w:id="{self.marks}" w:name="{name}"/>{inner}'
            f'<w:bookmarkEnd w:id="{self.marks}"/>'
        )

    def field(self, code: str, result: str) -> str:
        def mark(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        shown = f"<w:r><w:t>{result}</w:t></w:r>"
        return mark("begin") + instruction + mark("separate") + shown + mark("end")

    def reference(self, number: int) -> str:
        if number % 2:
            return self.field(f"PAGEREF _Toc10000{number} \\h", "1")
        return self.field(f"REF _Ref10000{number // 2 + 1} \\h", str(number // 2 + 1))

    def note(self) -> str:
        self.notes_written += 1
        return self.anchor(f'<w:footnoteReference w:id="{self.notes_written}"/>')

    def anchor(self, inner: str) -> str:
        """A raised mark."""
        style = self.company.ids["mark"]
        return f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr>{inner}</w:r>'

    def notes(self) -> str:
        """The separators, then one note for each reference, each with a link."""
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p>'
            "</w:footnote>"
            for number, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        mark = self.anchor("<w:footnoteRef/>")
        for number in range(1, self.notes_written + 1):
            link = f'<w:hyperlink r:id="rId{number}">{self.text(self.words(2))}</w:hyperlink>'
            inner = self.paragraph(
                mark + self.text(self.words(12)) + link, self.company.ids["footnote"]
            )
            lines += f'<w:footnote w:id="{number}">{inner}</w:footnote>'
        return lines

    def shown(self, number: int) -> str:
        """A picture and its caption."""
        drawing = _DRAWING.format(number=number, rel=number + 9, words=self.words(3))
        return self.paragraph(drawing) + self.caption("Figure", f"_Ref10000{number}", number)

    def caption(self, label: str, name: str, number: int) -> str:
        counted = self.text(label) + self.field(f"SEQ {label} \\* ARABIC", str(number))
        inner = self.marked(name, counted) + self.text(self.words(5))
        return self.paragraph(inner, self.company.ids["caption"])

    def table(self, number: int) -> str:
        widths = (2600, 2200, 2200, 2062)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(f"<w:tr>{self.cells(widths)}</w:tr>" for _ in range(_ROWS))
        style = self.company.ids["table"]
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="9062" w:type="dxa"/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        ) + self.caption("Table", f"_Ref20000{number}", number)

    def cells(self, widths: Sequence[int]) -> str:
        """A row."""
        return "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
            f"{self.paragraph(self.text(self.words(3)))}</w:tc>"
            for width in widths
        )
