"""Message catalogues: compiled when their source is newer; needs Babel only then."""

from pathlib import Path

from embedded.paths import PROJECT


def compile_all(folder: Path = PROJECT / "translations") -> None:
    """Write the .mo beside each .po that is newer than its own."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            compile_one(source, target)


def compile_one(source: Path, target: Path) -> None:
    """Compile one catalogue, all at once."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - rarely needed, slow to import
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    draft = target.with_suffix(".mo.new")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(target)
