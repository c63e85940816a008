"""Settings come from the environment, are described, and keep their secrets."""

from __future__ import annotations

import pytest

from registers.errors import ConfigurationError
from registers.settings import Settings, describe, settings_from, without_user


def test_an_empty_environment_gives_the_defaults() -> None:
    assert settings_from({}) == Settings()


def test_values_are_converted() -> None:
    settings = settings_from(
        {"FEUILLET_JOBS": "3", "FEUILLET_SEARCH_TIMEOUT": "2.5", "FEUILLET_WORKSPACE": "w"}
    )
    assert settings.batch.jobs == 3
    assert settings.search.timeout_seconds == 2.5
    assert settings.store.workspace == "w"


def test_a_wrong_value_names_its_variable() -> None:
    with pytest.raises(ConfigurationError, match="FEUILLET_JOBS"):
        settings_from({"FEUILLET_JOBS": "many"})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("FEUILLET_JOBS", "-1"),
        ("FEUILLET_PORT", "65536"),
        ("FEUILLET_PAGE_SECONDS", "0"),
        ("FEUILLET_CHUNK_PAGES", "0"),
        ("FEUILLET_SEARCH_TIMEOUT", "nan"),
    ],
)
def test_a_number_out_of_range_names_its_variable(variable: str, value: str) -> None:
    with pytest.raises(ConfigurationError, match=variable):
        settings_from({variable: value})


def test_passwords_in_addresses_are_masked() -> None:
    listed = describe(
        settings_from(
            {
                "FEUILLET_DATABASE_URL": "postgresql+psycopg://clerk:hu@sh@db.example/feuillet",
                "FEUILLET_SEARCH_URL": "https://clerk:hush@search.example:9200/path",
            }
        )
    )
    values = {setting.environment: setting.value for setting in listed}
    assert values["FEUILLET_DATABASE_URL"] == "postgresql+psycopg://********@db.example/feuillet"
    assert values["FEUILLET_SEARCH_URL"] == "https://********@search.example:9200/path"


def test_an_address_is_the_same_with_another_password() -> None:
    assert without_user("https://a:b@host:9200/x") == without_user("https://host:9200/x")
    assert without_user("") == ""


def test_every_setting_has_a_variable_and_a_sentence() -> None:
    listed = tuple(describe(Settings()))
    assert len({setting.environment for setting in listed}) == len(listed)
    for setting in listed:
        assert setting.environment.startswith("FEUILLET_")
        assert setting.help.endswith(".")


def test_secrets_are_masked() -> None:
    listed = describe(settings_from({"FEUILLET_SEARCH_PASSWORD": "hush"}))
    assert "hush" not in "".join(setting.value for setting in listed)
