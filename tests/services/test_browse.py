from __future__ import annotations

import pytest

from registers.errors import NotFoundError
from services.browse import Letter, letters_of, page_view, register_view
from services.desk import Desk
from store.kept import ListedName
from tests.desk_builders import BIRTHS, UNREAD


def _name(surname: str, page: str, row: int) -> ListedName:
    return ListedName(f"{page}:{row}", page, "s", row, surname, "Jean", 1883, own=True)


def test_letters_begin_where_two_rows_bear_them() -> None:
    names = [_name(*row) for row in (("Aubert", "1", 1), ("Martin", "1", 2), ("Barbe", "1", 3))]
    names += [
        _name(*row) for row in (("Marin", "2", 1), ("Martin", "2", 2), ("", "2", 3), ("Étienne", "2", 4))
    ]
    assert letters_of(names) == (
        Letter("A", "1", 1),
        Letter("B", "1", 1),
        Letter("E", "2", 1),
        Letter("M", "2", 3),
    )


def test_a_register_has_its_pages_in_order_and_its_letters(small_desk: Desk) -> None:
    view = register_view(small_desk, BIRTHS)
    assert [stored.side for stored in view.pages] == ["left", "right"]
    ((section_id, letters),) = view.letters
    assert section_id == f"{BIRTHS}#1"
    pages = {letter.letter: letter.page_id[-1] for letter in letters}
    assert (pages["A"], pages["R"], pages["L"]) == ("l", "r", "l")


def test_a_page_knows_its_neighbours_and_section(small_desk: Desk) -> None:
    left, right = (stored.page.id for stored in small_desk.catalogue.pages.pages_of(BIRTHS))
    view = page_view(small_desk, BIRTHS, right)
    assert view.previous is not None and view.previous.page.id == left
    assert view.following is None
    assert (view.position, view.pages) == (2, 2)
    assert view.section is not None and view.section.description.commune == "Valbrune-sur-Orle"
    assert [stored.entry.source.row for stored in view.entries] == list(range(1, 11))


def test_a_page_of_another_register_is_not_found(small_desk: Desk) -> None:
    page_id = small_desk.catalogue.pages.pages_of(BIRTHS)[0].page.id
    with pytest.raises(NotFoundError):
        page_view(small_desk, UNREAD, page_id)
