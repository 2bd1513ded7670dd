"""Types of a foreign package, in small letters: what writers spell differently says one thing."""

from tender.documents.package import ContentTypes


class Types(ContentTypes):
    """The type of each part, in small letters."""

    def of(self, name: str) -> str:
        """The declared type, or nothing."""
        return super().of(name).casefold()

    def speak_of(self, *words: str) -> bool:
        """Does any declared type hold one of these words?"""
        return any(word in kind.casefold() for kind in self.all() for word in words)
