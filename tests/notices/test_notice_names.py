import pytest

from tender.notices.rules import name_of, names_of


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("00711911-2023", "711911-2023"),
        ("711911-2023", "711911-2023"),
        ("2023/S 231-711911", "711911-2023"),
        ("2021/S 005-005844", "5844-2021"),
        ("7A1D3A55-0b3f-4e0f-9a35-2f0f6a3b1c01-02", "7a1d3a55-0b3f-4e0f-9a35-2f0f6a3b1c01"),
        ("26-88092", "26-88092"),
    ],
)
def test_a_notice_has_one_name_however_it_is_written(written: str, name: str) -> None:
    assert name_of(written) == name


def test_a_corrigendum_of_ted_names_the_notice_that_it_corrects() -> None:
    assert names_of("193375-2021", "2021/S 076-193375") == ["193375-2021"]
