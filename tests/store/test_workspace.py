from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from registers.errors import DiskFullError, StoreBusyError, StoreError
from registers.settings import StoreSettings
from store.workspace import Workspace, atomic_file, file_errors


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace.of(StoreSettings(workspace=str(tmp_path / "a" / "b")))
    made.create()
    return made


def test_a_file_is_written_whole_or_not_at_all(workspace: Workspace) -> None:
    path = workspace.view("ab12")
    workspace.write(path, b"first")
    with pytest.raises(RuntimeError), atomic_file(path) as file:
        file.write(b"half of the sec")
        raise RuntimeError("stopped")
    assert path.read_bytes() == b"first"
    workspace.write(path, b"second")
    assert path.read_bytes() == b"second"
    assert [item.name for item in path.parent.iterdir()] == ["ab12.jpg"]


def test_a_full_disk_is_said(workspace: Workspace) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(DiskFullError), file_errors(full), full.open("wb", buffering=0) as file:
        file.write(b"x")
    with pytest.raises(DiskFullError), file_errors(full):
        raise OSError(errno.EDQUOT, "quota exceeded")


def test_a_workspace_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="file/workspace"):
        Workspace(tmp_path / "file" / "workspace").create()


def test_two_runs_do_not_work_in_one_workspace(workspace: Workspace) -> None:
    with workspace.lock(), pytest.raises(StoreBusyError, match=f"process {os.getpid()}"), workspace.lock():
        pytest.fail("both hold the lock")
    with workspace.lock(), workspace.lock("publish"):
        pass


def test_the_lock_of_a_killed_run_is_free(workspace: Workspace) -> None:
    code = (
        "import sys, time; from pathlib import Path; from store.workspace import Workspace\n"
        "with Workspace(Path(sys.argv[1])).lock(): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(workspace.root)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(StoreBusyError, match=f"process {holder.pid}"), workspace.lock():
            pass
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()
    with workspace.lock():
        assert (workspace.root / "digitize.lock").read_text() == str(os.getpid())
