from __future__ import annotations

from importlib.resources import files

from lexicon import surnames


def test_the_most_borne_surnames_come_first() -> None:
    ten = surnames.most_common(10)
    assert ten[0][0] == "Martin"
    assert [count for _, count in ten] == sorted((count for _, count in ten), reverse=True)
    assert surnames.most_common(0) == ()


def test_shares_add_up_to_one() -> None:
    assert (
        abs(sum(surnames.counts().values()) * surnames.frequency("Martin") - surnames.counts()["martin"]) < 1
    )
    assert 0.001 < surnames.frequency("MARTIN") < 0.01
    assert surnames.frequency("Qzxqzx") == 0


def test_surnames_are_compared_folded() -> None:
    assert surnames.is_surname("Le Goff")
    assert surnames.is_surname("LEFÈVRE")
    assert not surnames.is_surname("Qzxqzx")


def test_the_table_stays_small() -> None:
    assert len(files("lexicon").joinpath("data", "surnames.tsv.gz").read_bytes()) < 1_500_000
