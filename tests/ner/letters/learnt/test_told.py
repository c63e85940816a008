"""The years that an act may be of, whoever's and whichever act it is."""

from __future__ import annotations

import pytest

from ner.letters.learnt.told import Way, told_years


@pytest.mark.parametrize(
    ("text", "years", "way"),
    [
        ("né vers 1884", (1882, 1886), Way.PLAIN),
        ("mort en 1920 à 40 ans", (1879, 1880), Way.BORN_BY_AGE),
        ("né en 1880, mort à 40 ans", (1920, 1921), Way.EVENT_BY_AGE),
        ("mariés en 1890, un fils naquit deux ans plus tard", (1892, 1892), Way.RELATIVE),
        ("respectivement en 1890, 1893 et 1896", (1893, 1893), Way.ONE_OF_MANY),
        ("Ferdinand Jaubert, 1861-1930", (1930, 1930), Way.LAST),
        ("mort en 1920 à 18 mois", (1918, 1919), Way.MONTHS_OLD),
        ("recensé à Tours au recensement de 1872", (1872, 1872), Way.OF_SOMETHING_ELSE),
    ],
)
def test_years_are_told_in_many_ways(text: str, years: tuple[int, int], way: Way) -> None:
    assert (years, way) in [(told.years, told.way) for told in told_years(text)]
