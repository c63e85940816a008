"""The connection to the server: how it is opened, and its errors in feuillet's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import elastic_transport
import elasticsearch
from elasticsearch import Elasticsearch, helpers

from registers.errors import ConfigurationError, SearchUnavailableError
from registers.settings import SearchSettings

_RETRIES = 5
_CHUNK = 2_000
_BULK_SECONDS = 60
_OLDER = 409
_ABSENT = 404
_NAMED_FAILURES = 3


def connect(settings: SearchSettings) -> Elasticsearch:
    """A client with the settings' credentials, certificate authority and timeout; contacts no server.

    Raises ConfigurationError for a URL or a certificate file that cannot be used.
    """
    options: dict[str, Any] = {"request_timeout": settings.timeout_seconds, "max_retries": 0}
    if settings.api_key:
        options["api_key"] = settings.api_key
    elif settings.user:
        options["basic_auth"] = (settings.user, settings.password)
    if settings.ca_file:
        if not Path(settings.ca_file).is_file():
            raise ConfigurationError(
                f"the certificate authority {settings.ca_file} is not there",
                advice="check FEUILLET_SEARCH_CA_FILE",
            )
        options["ca_certs"] = settings.ca_file
    try:
        return Elasticsearch(settings.url, **options)
    except (ValueError, OSError) as error:
        raise ConfigurationError(
            f"the Elasticsearch server cannot be addressed: {error}",
            advice="check FEUILLET_SEARCH_URL and FEUILLET_SEARCH_CA_FILE",
        ) from error


@contextmanager
def said_in_words() -> Iterator[None]:
    """Turns the client's errors into SearchUnavailableError."""
    try:
        yield
    except (elasticsearch.AuthenticationException, elasticsearch.AuthorizationException) as error:
        raise SearchUnavailableError(
            f"Elasticsearch refuses these credentials ({error.status_code})",
            advice="check FEUILLET_SEARCH_API_KEY, or FEUILLET_SEARCH_USER and FEUILLET_SEARCH_PASSWORD",
        ) from error
    except elastic_transport.TlsError as error:
        raise SearchUnavailableError(
            "the certificate of Elasticsearch is not trusted", advice="check FEUILLET_SEARCH_CA_FILE"
        ) from error
    except elastic_transport.TransportError as error:
        raise SearchUnavailableError(
            "Elasticsearch does not answer", advice="registers can still be browsed; try again later"
        ) from error
    except elasticsearch.ApiError as error:
        raise SearchUnavailableError(
            f"Elasticsearch answered {error.status_code}: {error.message}"
        ) from error


def bulk(client: Elasticsearch, actions: Iterable[dict[str, Any]], *, refresh: bool | str = False) -> None:
    """Sends all actions, tries again what the server was too busy for, and goes on past what fails.

    An action older than what is there, and the removal of what is not there, count as done. Raises
    SearchUnavailableError at the end, with the number of failures and the first reasons.
    """
    failures = []
    sent = 0
    with said_in_words():
        # Ids are stable, so a request that was perhaps lost can be sent again.
        patient = client.options(max_retries=_RETRIES, retry_on_timeout=True, request_timeout=_BULK_SECONDS)
        for succeeded, item in helpers.streaming_bulk(
            patient,
            actions,
            chunk_size=_CHUNK,
            raise_on_error=False,
            max_retries=_RETRIES,
            initial_backoff=0.5,
            max_backoff=30,
            refresh=refresh,
        ):
            sent += 1
            operation, answer = next(iter(item.items()))
            harmless = answer.get("status") == (_ABSENT if operation == "delete" else _OLDER)
            if not succeeded and not harmless:
                failures.append(f"{answer.get('_id')}: {_reason(answer)}")
    if failures:
        first = "; ".join(failures[:_NAMED_FAILURES])
        raise SearchUnavailableError(
            f"Elasticsearch did not take {len(failures)} of {sent} changes: {first}",
            advice="publish again: feuillet index build",
        )


def _reason(answer: dict[str, Any]) -> str:
    error = answer.get("error") or answer.get("exception") or "no reason given"
    return str(error.get("reason", error)) if isinstance(error, dict) else str(error)
