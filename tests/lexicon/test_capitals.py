from __future__ import annotations

import pytest

from lexicon.capitals import ordinary_capitals


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("LEFEBVRE", "Lefebvre"),
        ("lefebvre", "Lefebvre"),
        ("LEFEBVRe", "Lefebvre"),
        ("dUPONT", "Dupont"),
        ("LE ROUX", "Le Roux"),
        ("DE LA TOUR", "de La Tour"),
        ("De La Tour", "De La Tour"),
        ("D'ANGELO", "D'Angelo"),
        ("DU BOIS", "Du Bois"),
        ("SAINT-MARTIN", "Saint-Martin"),
        ("VAN DER MEER", "van der Meer"),
        ("McCarthy", "McCarthy"),
        ("ÉLOÏSE", "Éloïse"),
        ("DE", "De"),
        ("", ""),
    ],
)
def test_capitals_are_ordinary(written: str, value: str) -> None:
    assert ordinary_capitals(written) == value
    assert ordinary_capitals(value) == value
