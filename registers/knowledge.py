"""What a cell may hold: built by ner/, used by ocr/ to decode, handed over by services/."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Protocol, runtime_checkable


class Holds(StrEnum):
    """What a column holds; `ner/columns/find.py` decides it."""

    SURNAME = "surname"
    GIVEN_NAMES = "given_names"
    FULL_NAME = "full_name"
    SPOUSE_SURNAME = "spouse_surname"
    SPOUSE_GIVEN_NAMES = "spouse_given_names"
    SPOUSE_FULL_NAME = "spouse_full_name"
    DATE = "date"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ACT_NUMBER = "act_number"
    REMARKS = "remarks"
    RANK = "rank"
    OTHER = "other"


@runtime_checkable
class Acceptor(Protocol):
    """A closed or weighted set of texts that a cell may hold."""

    @property
    def holds(self) -> Holds: ...

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        """Texts near a raw reading with log prior weights, best first, at most `limit`.

        A text that is not proposed stays possible: the decoder falls back to its own reading.
        """
        ...


@runtime_checkable
class WordAcceptor(Acceptor, Protocol):
    """Names with their frequencies: what a model of letters is made of."""

    def words(self) -> Iterable[tuple[str, float]]:
        """Every surname, or every single given name, with its log share."""
        ...


@runtime_checkable
class NameAcceptor(Acceptor, Protocol):
    """What a cell that holds surname and given names may hold, each part apart."""

    @property
    def surname(self) -> WordAcceptor: ...

    @property
    def given_names(self) -> WordAcceptor:
        """Asked word by word."""
        ...


class Knowledge(Protocol):
    """What is known of a page's columns before their text is read."""

    def of_column(self, index: int, header: str) -> Acceptor | None:
        """What the column may hold, or None where nothing is known."""
        ...


@runtime_checkable
class RegisterKnowledge(Knowledge, Protocol):
    """Knowledge of a whole register that a page's banner narrows down to the section it stands in."""

    def under(self, banner: Sequence[str]) -> Knowledge:
        """What is known once the lines of the scan's banner were read (none where it has no banner)."""
        ...


@runtime_checkable
class LearningKnowledge(Knowledge, Protocol):
    """Knowledge that learns from a first reading of the page: its period, how its hand writes dates."""

    def after(self, columns: Sequence[tuple[str, Sequence[str]]]) -> Knowledge:
        """What is known once each column (its header, its cells' raw texts) was read without knowledge."""
        ...
