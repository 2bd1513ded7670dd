"""Two versions compared word by word."""

from tender.contributions.diff import compare


def test_equal_texts_have_no_difference() -> None:
    assert compare("Un.\n\nDeux.", "Un.\nDeux.").blocks == ()


def test_a_changed_word_is_shown_in_its_sentence() -> None:
    found = compare("Une équipe de 40 agents.", "Une équipe de 46 agents.")
    (block,) = found.blocks
    assert block.parts == (
        ("same", "Une équipe de "), ("del", "40"), ("ins", "46"), ("same", " agents."),
    )  # fmt: skip
    assert (found.added, found.removed) == (1, 1)


def test_a_paragraph_written_anew_is_replaced_whole() -> None:
    (block,) = compare("Le calendrier est joint.", "Un tiers évalue la prestation.").blocks
    assert [kind for kind, _ in block.parts] == ["del", "ins"]


def test_a_new_paragraph_is_inserted_whole_and_a_heading_stays_one() -> None:
    found = compare("## Méthode\nTexte", "## Méthode\nTexte\n## Suivi\nDeux réunions")
    assert [b.heading for b in found.blocks] == [True, False, True, False]
    assert found.blocks[2].parts == (("ins", "Suivi"),)
    assert found.added == 3


def test_what_did_not_change_is_folded_away() -> None:
    lines = [f"Paragraphe {n}" for n in range(20)]
    found = compare("\n".join(lines), "\n".join([*lines, "Fin"]))
    assert [b.folded for b in found.blocks] == [0, 18, 0, 0]


def test_markup_is_only_text() -> None:
    (block,) = compare("<b>", "<script>").blocks
    assert ("ins", "<script>") in block.parts
