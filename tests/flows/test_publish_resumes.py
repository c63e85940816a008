"""A publication that is killed at its worst moment: the next one makes it good."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from registers.query import Paging, SearchQuery
from registers.settings import Settings, StoreSettings
from services.correct import CorrectionValues, keep_correction
from services.desk import open_desk
from services.publish import publish_changes
from store.catalogue import Catalogue
from tests.conftest import ROOT
from tests.services.builders import digest, entry_of

# The process dies when the index has what it was given and the catalogue does not know of it yet.
KILLED = """
import os, signal, sys
from registers.settings import Settings, StoreSettings
from services.desk import open_desk
from services.publish import publish_changes
from store.values import ValueStore
ValueStore.set = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
settings = Settings(store=StoreSettings(workspace=sys.argv[1]))
with open_desk(settings) as desk:
    publish_changes(desk.catalogue, desk.engine, desk.settings.search)
"""


def test_killed_between_the_index_and_the_note_of_it(tmp_path: Path) -> None:
    settings = Settings(store=StoreSettings(workspace=str(tmp_path / "workspace")))
    Catalogue.open(settings.store).close()
    with open_desk(settings) as desk:
        digest(desk)
        head = entry_of(desk.catalogue, "Paul")
        values = CorrectionValues(surname="Dumoulin")
        keep_correction(desk.catalogue, head.entry.id, values, "A. Martel", head.version)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, settings.store.workspace], cwd=ROOT, check=False, capture_output=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    with open_desk(settings) as desk:
        assert publish_changes(desk.catalogue, desk.engine, desk.settings.search).put == 3
        assert publish_changes(desk.catalogue, desk.engine, desk.settings.search).put == 0
        for surname, count in (("Dumoulin", 3), ("Bertrand", 1)):
            found = desk.engine.search(SearchQuery(surname=surname, exact=True), Paging())
            assert found.total == count
