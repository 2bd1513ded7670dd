from io import BytesIO

import pytest

from tools.marked import messages


def found(source: str) -> list[object]:
    return [message for _, _, message, _ in messages(BytesIO(source.encode()), (), (), {})]


@pytest.mark.parametrize(
    "source",
    [
        "_('Bonjour')",
        "Text('Bonjour', name=1)",
        "errors.Invalid('Bonjour', field='x')",
        "raise Conflict('Bon' 'jour')",
        "LABELS = {1: Word(N_('Bonjour'), 'ok')}",
    ],
)
def test_a_text_in_a_marking_call_is_found(source: str) -> None:
    assert found(source) == ["Bonjour"]


def test_both_branches_of_a_condition_are_found() -> None:
    assert found("_('un' if x else 'deux')") == ["un", "deux"]


def test_plural_forms_stay_together() -> None:
    assert found("ngettext('%(num)s lot', '%(num)s lots', n)") == [("%(num)s lot", "%(num)s lots")]


@pytest.mark.parametrize("source", ["_(words)", "log('Bonjour')", "_(f'Bonjour {x}')", "'Bonjour'"])
def test_what_is_worked_out_or_not_for_people_is_left(source: str) -> None:
    assert found(source) == []
