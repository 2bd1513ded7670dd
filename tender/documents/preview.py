"""A document as a piece of a page: read, sanitised, its headings below those of the page."""

import io
import re

import mammoth
import nh3

MAX_IMAGE = 400_000
_TAGS = {"p", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th",
         "strong", "em", "sup", "sub", "a", "img", "br", "dl", "dt", "dd", "u", "s"}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "id"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"},
               "img": {"src", "alt"}, "li": {"id"}}  # fmt: skip
_DATA = re.compile(r"^data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=]+$")
_STYLES = "\n".join(
    f"p[style-name='{name} {level}'] => h{min(6, level + 2)}:fresh"
    for name in ("Heading", "heading", "Titre")
    for level in range(1, 7)
)


def preview_html(data: bytes) -> str:
    """Clean HTML for our own pages: headings from h3 on, small pictures inside, no script."""
    result = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES, id_prefix="apercu-")
    return nh3.clean(
        str(result.value),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer nofollow",
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Pictures only as small data of our own making, links only to the web, mail or this page."""
    if tag == "img" and name == "src":
        return value if len(value) <= MAX_IMAGE and _DATA.match(value) else None
    if name == "href":
        return value if value.startswith(("http://", "https://", "mailto:", "#apercu-")) else None
    if name == "id":
        return value if value.startswith("apercu-") else None
    return value
