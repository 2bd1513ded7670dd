"""Names of what an assembly makes: letters, digits and hyphens, as every platform takes them."""

from tender.contributions.names import ascii_name


def document_name(ref: str, *, trial: bool) -> str:
    """Give the name of the document of a bid, without its ending."""
    return f"{'ESSAI-' if trial else ''}Memoire-technique-{ascii_name(ref)}"
