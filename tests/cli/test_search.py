"""feuillet search"""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Feuillet

_RESULT = {
    *("entry_id", "surname", "given_names", "spouse_surname", "spouse_given_names", "date_iso", "date_text"),
    *("kind", "act_number", "register", "image", "side", "row", "why", "score", "state"),
}
_COVERAGE = {"registers", "year_from", "year_to", "spellings", "caveats", "pages_read", "pages_unread"}


def test_json_keeps_its_keys(feuillet: Feuillet, built: Path) -> None:
    done = feuillet("search", "Lefaivre Mathurin", "--json", "--limit", "1", "--workspace", built)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer.keys() >= {"total", "results", "coverage"}
    assert answer["coverage"].keys() >= _COVERAGE
    (result,) = answer["results"]
    assert result.keys() >= _RESULT
    assert (result["surname"], result["given_names"]) == ("Lefebvre", "Mathurin")
    assert (result["date_iso"], result["kind"], result["image"]) == ("1802-11-03", "death", "deces.png")
    assert result["score"] > 0
    assert result["why"][0].keys() >= {"expansion", "asked", "found"}


def test_people_are_shown_with_where_they_stand(feuillet: Feuillet, built: Path) -> None:
    done = feuillet("search", "Lefebvre x Dubois", "--workspace", built)
    assert done.returncode == 0, done.stderr
    assert (
        "LEFEBVRE Henri x DUBOIS Claire Marie · 1912-06-15 · marriage · no. 12 · mariages.png" in done.stdout
    )


def test_what_is_not_found_says_what_was_tried(feuillet: Feuillet, built: Path) -> None:
    done = feuillet("search", "Zwingelstein", "--workspace", built)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("0 found in 4 registers")
    assert len([line for line in done.stdout.splitlines() if line.endswith("pages read")]) == 4
