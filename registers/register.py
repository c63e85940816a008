"""Registers (volumes) and their sections, and what may be said of them before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registers.dates import Period
from registers.entry import Kind


class Series(StrEnum):
    ANNUAL = "annual"
    DECENNIAL = "decennial"


class Collection(StrEnum):
    """The commune's own copy or the court registry's."""

    COMMUNE = "commune"
    GREFFE = "greffe"


class Script(StrEnum):
    AUTO = "auto"
    PRINT = "print"
    HANDWRITING = "handwriting"


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a register or of a part of it; None or empty where nothing is said.

    The same shape comes from register.toml, from banners, from titles and from the folder's name;
    the stronger one wins field by field.
    """

    commune: str | None = None
    kinds: tuple[Kind, ...] = ()
    series: Series | None = None
    collection: Collection | None = None
    period: Period | None = None
    cote: str | None = None
    script: Script | None = None
    permalink: str | None = None

    def over(self, weaker: Description) -> Description:
        """This description, its gaps filled from a weaker one."""
        return Description(
            commune=self.commune or weaker.commune,
            kinds=self.kinds or weaker.kinds,
            series=self.series or weaker.series,
            collection=self.collection or weaker.collection,
            period=self.period or weaker.period,
            cote=self.cote or weaker.cote,
            script=self.script or weaker.script,
            permalink=self.permalink or weaker.permalink,
        )


@dataclass(frozen=True, slots=True)
class SectionSettings:
    """A `[[section]]` of register.toml: a description for the views first_view to last_view."""

    description: Description
    first_view: int | None = None
    last_view: int | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterSettings:
    """What a person says of a register: its register.toml, or nothing.

    `columns` may name what each column holds, left to right (see ner/columns/find.py for the words).
    """

    description: Description = Description()
    sections: tuple[SectionSettings, ...] = ()
    columns: tuple[str, ...] = ()

    def section_at(self, position: int) -> tuple[int, SectionSettings] | None:
        """The first section that holds a view, with its place in the list; None where none does."""
        for index, section in enumerate(self.sections):
            if (section.first_view or 1) <= position <= (section.last_view or position):
                return index, section
        return None


@dataclass(frozen=True, slots=True)
class Register:
    """A volume: a folder of scans, or one file given alone; `folder` is its absolute path."""

    id: str
    folder: str
    settings: RegisterSettings = RegisterSettings()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a register for one commune, period and kind (or kinds, where the table mixes them)."""

    id: str
    register_id: str
    description: Description
    first_view: int | None = None
    last_view: int | None = None
    conflicts: tuple[str, ...] = ()

    @property
    def period(self) -> Period | None:
        return self.description.period

    @property
    def kind(self) -> Kind:
        """The only kind, or unknown where there are none or several."""
        return self.description.kinds[0] if len(self.description.kinds) == 1 else Kind.UNKNOWN
