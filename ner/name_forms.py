"""Names that a cell may hold, for a reader that scores texts (registers.knowledge.Acceptor)."""

from __future__ import annotations

from collections.abc import Iterable

from registers.knowledge import Holds


class SurnameAcceptor:
    """The surnames of the lexicon with their frequencies."""

    @property
    def holds(self) -> Holds:
        return Holds.SURNAME

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        return ()


class GivenNamesAcceptor:
    """Sequences of given names; each word is sought apart."""

    @property
    def holds(self) -> Holds:
        return Holds.GIVEN_NAMES

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        return ()
