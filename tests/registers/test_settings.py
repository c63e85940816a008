"""Settings come from the environment, are described, and keep their secrets."""

from __future__ import annotations

import pytest

from registers.errors import ConfigurationError
from registers.settings import Settings, describe, settings_from


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


def test_every_setting_has_a_variable_and_a_sentence() -> None:
    listed = tuple(describe(Settings()))
    assert len({setting.environment for setting in listed}) == len(listed)
    for setting in listed:
        assert setting.environment.startswith("FEUILLET_")
        assert setting.help.endswith(".")


def test_secrets_are_masked() -> None:
    listed = describe(settings_from({"FEUILLET_SEARCH_PASSWORD": "hush"}))
    assert "hush" not in "".join(setting.value for setting in listed)
