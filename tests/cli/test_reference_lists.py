from pathlib import Path

from tests.cli.conftest import Installed


def test_a_list_is_loaded_named_and_told(first: Installed, tmp_path: Path) -> None:
    file = tmp_path / "cpv.csv"
    file.write_text("code,en,fr\n03000000,Farming,Agriculture\n", "utf-8")
    done = first.run("reference", "load", file, "--version", "2008")
    assert done.code == 0, done.err
    assert done.out == "cpv 2008 : 1 codes chargés.\n"
    assert "déjà en vigueur" in first.run("reference", "load", file, "--version", "2008").out
    assert first.run("reference", "list").out.startswith("* cpv\t2008\t1\t")


def test_a_file_that_is_no_list_is_refused_with_its_name(first: Installed, tmp_path: Path) -> None:
    file = tmp_path / "rien.csv"
    file.write_text("Bonjour", "utf-8")
    done = first.run("reference", "load", file)
    assert done.refused
    assert str(file) in done.err
    several = tmp_path / "listes.csv"
    several.write_text("list,code,en\na,1,x\nb,1,y\n", "utf-8")
    assert "--list" in first.run("reference", "load", several, "--list", "z").err
