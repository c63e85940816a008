"""Settings: frozen groups, each with defaults and a sentence of help; a room receives only its own.

Values come from the environment (FEUILLET_...) and from command-line options; this module only maps
names to values, it reads nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from registers.errors import ConfigurationError


def _setting(default: Any, help_text: str, environment: str = "") -> Any:
    return field(default=default, metadata={"help": help_text, "environment": environment})


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """How pages are read."""

    engine: str = _setting("auto", "Reader: auto, tesseract or handwriting.", "FEUILLET_ENGINE")
    language: str = _setting("fra", "Tesseract language.", "FEUILLET_LANGUAGE")
    pdf_dpi: int = _setting(300, "Resolution at which PDF pages are rendered.", "FEUILLET_PDF_DPI")
    max_megapixels: int = _setting(200, "A larger scan is refused.", "FEUILLET_MAX_MEGAPIXELS")
    page_seconds: int = _setting(120, "A page that takes longer fails.", "FEUILLET_PAGE_SECONDS")
    settle_seconds: float = _setting(
        2.0,
        "A file that changed within this time is taken for one still being copied.",
        "FEUILLET_SETTLE_SECONDS",
    )


@dataclass(frozen=True, slots=True)
class BatchSettings:
    """How a batch is cut and run."""

    jobs: int = _setting(0, "Processes that read pages; 0 is one per core.", "FEUILLET_JOBS")
    chunk_pages: int = _setting(
        32, "Pages per chunk: the unit that is retried and reported.", "FEUILLET_CHUNK_PAGES"
    )
    retries: int = _setting(
        2, "How often a chunk is tried again after a transient error.", "FEUILLET_RETRIES"
    )


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where the catalogue and the work files live."""

    workspace: str = _setting(
        "workspace", "Folder of the catalogue, the index and viewing copies.", "FEUILLET_WORKSPACE"
    )
    database_url: str = _setting(
        "", "SQLAlchemy URL of the catalogue; empty: SQLite in the workspace.", "FEUILLET_DATABASE_URL"
    )


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Which search engine answers."""

    url: str = _setting("", "Elasticsearch URL; empty: the embedded engine.", "FEUILLET_SEARCH_URL")
    api_key: str = _setting("", "Elasticsearch API key.", "FEUILLET_SEARCH_API_KEY")
    user: str = _setting("", "Elasticsearch user (basic authentication).", "FEUILLET_SEARCH_USER")
    password: str = _setting("", "Elasticsearch password.", "FEUILLET_SEARCH_PASSWORD")
    ca_file: str = _setting("", "Certificate authority of the server (PEM).", "FEUILLET_SEARCH_CA_FILE")
    index: str = _setting(
        "feuillet", "Name of the alias; generations are NAME-1, NAME-2 ...", "FEUILLET_SEARCH_INDEX"
    )
    timeout_seconds: float = _setting(10.0, "How long one request may take.", "FEUILLET_SEARCH_TIMEOUT")


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """The clerk's page."""

    host: str = _setting("127.0.0.1", "Address to listen on.", "FEUILLET_HOST")
    port: int = _setting(8765, "Port to listen on.", "FEUILLET_PORT")
    language: str = _setting("fr", "Language of the page: fr or en.", "FEUILLET_UI_LANGUAGE")


@dataclass(frozen=True, slots=True)
class Settings:
    """All groups."""

    read: ReadSettings = ReadSettings()
    batch: BatchSettings = BatchSettings()
    store: StoreSettings = StoreSettings()
    search: SearchSettings = SearchSettings()
    desk: DeskSettings = DeskSettings()


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """One setting as `feuillet settings` lists it."""

    name: str
    environment: str
    default: str
    value: str
    help: str
    secret: bool


SECRETS = frozenset({"api_key", "password"})


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Settings from FEUILLET_... variables; raises ConfigurationError naming the variable."""
    groups = {
        group.name: _group_from(type(getattr(Settings(), group.name)), environment)
        for group in fields(Settings)
    }
    return Settings(**groups)


def _group_from(group: type[Any], environment: Mapping[str, str]) -> Any:
    values: dict[str, Any] = {}
    for item in fields(group):
        variable = item.metadata["environment"]
        if variable in environment and environment[variable] != "":
            values[item.name] = _converted(variable, environment[variable], type(item.default))
    return group(**values)


def _converted(variable: str, text: str, kind: type[Any]) -> Any:
    try:
        return kind(text)
    except ValueError:
        raise ConfigurationError(
            f"{variable}={text!r} is not {'a whole number' if kind is int else 'a number'}",
            advice=f"unset {variable} or give it such a value",
        ) from None


def describe(settings: Settings) -> Iterator[SettingInfo]:
    """Every setting with its default, its value and its sentence; secrets masked."""
    for group in fields(Settings):
        values = getattr(settings, group.name)
        for item in fields(values):
            secret = item.name in SECRETS
            value = str(getattr(values, item.name))
            yield SettingInfo(
                name=f"{group.name}.{item.name}",
                environment=item.metadata["environment"],
                default=str(item.default),
                value="********" if secret and value else value,
                help=item.metadata["help"],
                secret=secret,
            )
