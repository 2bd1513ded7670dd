from tender.documents.gate import admit
from tests.documents.made import R, W, content, docx, names, paragraph, rels

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
THREADS = "http://schemas.microsoft.com/office/2011/relationships/"
KEY = "{0123ABCD-4567-89EF-0123-456789ABCDEF}"


def test_answers_to_comments_stay_with_the_ids_they_point_to() -> None:
    comment = (
        f'<w:comments xmlns:w="{W}" xmlns:w14="{W14}"><w:comment w:id="0" w:author="Ana">'
        '<w:p w14:paraId="00AB12CD" w14:textId="77777777" w:rsidR="00AB0001">'
        "<w:r><w:t>Question</w:t></w:r></w:p></w:comment></w:comments>"
    )
    answers = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="00AB12CD" w15:done="0"/>'
        "</w15:commentsEx>"
    )
    people = f'<w15:people xmlns:w15="{W15}"><w15:person w15:author="Ana"/></w15:people>'
    body = f'<w:p xmlns:w14="{W14}" w14:paraId="11111111"><w:r><w:t>texte</w:t></w:r></w:p>'
    more = {
        "word___rels__document.xml.rels": rels(
            ("r1", "comments", "comments.xml"),
            ("r2", THREADS + "commentsExtended", "commentsExtended.xml"),
            ("r3", THREADS + "people", "people.xml"),
        ),
        "word__comments.xml": comment,
        "word__commentsExtended.xml": answers,
        "word__people.xml": people,
    }
    admitted = admit(docx(body, **more))
    left = content(admitted.data)
    assert {"word/commentsExtended.xml", "word/people.xml"} <= set(names(admitted.data))
    assert left.count("00AB12CD") == 2
    assert not [trace for trace in ("11111111", "77777777", "rsid") if trace in left]
    assert admit(admitted.data).data == admitted.data


def _with_font(data: bytes, key: str = KEY) -> bytes:
    fonts = (
        f'<w:fonts xmlns:w="{W}" xmlns:r="{R}"><w:font w:name="Maison">'
        f'<w:embedRegular r:id="r1" w:fontKey="{key}"/></w:font></w:fonts>'
    )
    return docx(
        paragraph("texte"),
        **{
            "word___rels__document.xml.rels": rels(("r1", "fontTable", "fontTable.xml")),
            "word__fontTable.xml": fonts,
            "word___rels__fontTable.xml.rels": rels(("r1", "font", "fonts/a.odttf")),
            "word__fonts__a.odttf": data,
        },
    )


def _obfuscated(plain: bytes) -> bytes:
    mask = bytes.fromhex(KEY.strip("{}").replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(plain, mask, strict=False)) + plain[32:]


def test_an_embedded_font_stays_and_what_is_none_goes() -> None:
    font = b"\0\1\0\0" + b"glyphs" * 40
    admitted = admit(_with_font(_obfuscated(font)))
    assert admitted.findings == ()
    assert admitted.package.pieces["word/fonts/font1.odttf"].data == _obfuscated(font)
    assert admit(admitted.data).data == admitted.data
    for data in (font, _obfuscated(b"MZ" + font)):
        cut = admit(_with_font(data))
        assert [finding.code for finding in cut.findings] == ["font"]
        assert "embedRegular" not in content(cut.data)
        assert not [name for name in names(cut.data) if "odttf" in name]
