"""A real Elasticsearch for the tests: fetched once per machine as a Maven artifact, started on loopback.

The server is Elastic's own distribution for plugin authors, without optional modules; it is used for
tests only and never kept in the project. FEUILLET_TEST_ELASTICSEARCH names a server to use instead.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ARTIFACT = "org.elasticsearch.distribution.integ-test-zip:elasticsearch"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
START_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Release:
    """A server that the tests know: its version, the hash of its archive and the Java it needs."""

    version: str
    sha256: str
    java: int


RELEASES = {
    "8": Release("8.19.21", "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a", 17),
    "9": Release("9.1.0", "be5c5440bb6344cee4070f8f77a6c3cd72363db494944047cdd93748c4e19111", 21),
}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs. `password` and `ca_file` are empty where it asks for none."""

    url: str
    password: str = ""
    ca_file: str = ""


class NoServerError(Exception):
    """No server can be started here; the message says why and what to install."""


def cache_folder() -> Path:
    """Where archives are kept, outside the checkout."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "feuillet"


def java_home(least: int) -> Path:
    """The home of a Java of at least this version; raises NoServerError."""
    named = (os.environ.get(name) for name in ("ES_JAVA_HOME", "JAVA_HOME"))
    candidates = [Path(value) for value in named if value]
    found = shutil.which("java")
    candidates += [Path(found).resolve().parent.parent] if found else []
    candidates += sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    for home in candidates:
        if (home / "bin" / "java").exists() and _java_version(home) >= least:
            return home
    raise NoServerError(f"no Java of version {least} or later (Debian: openjdk-{least}-jre-headless)")


def _java_version(home: Path) -> int:
    answer = subprocess.run([home / "bin" / "java", "-version"], capture_output=True, text=True, check=False)
    version = re.search(r'version "(\d+)', answer.stderr)
    return int(version[1]) if version else 0


def archive(release: Release) -> Path:
    """The archive of a release, fetched when it is not in the cache; raises NoServerError."""
    folder = cache_folder()
    path = folder / f"elasticsearch-{release.version}.zip"
    if not path.exists():
        _fetch(release, folder)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != release.sha256:
        path.unlink()
        raise NoServerError(f"the archive of Elasticsearch {release.version} is not the known one ({digest})")
    return path


def _fetch(release: Release, folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoServerError("Maven fetches the server and is not installed (Debian: maven)")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        command = [maven, "-B", "-q", COPY, f"-Dartifact={ARTIFACT}:{release.version}:zip"]
        try:
            answer = subprocess.run(
                [*command, f"-DoutputDirectory={fresh}"],
                cwd=fresh, capture_output=True, text=True, timeout=600, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise NoServerError(
                f"Maven did not fetch Elasticsearch {release.version} in ten minutes"
            ) from error
        fetched = list(Path(fresh).glob("*.zip"))
        if answer.returncode or not fetched:
            last = (answer.stdout + answer.stderr).strip().splitlines()[-1:]
            raise NoServerError(f"Maven could not fetch Elasticsearch {release.version}: {' '.join(last)}")
        fetched[0].replace(folder / f"elasticsearch-{release.version}.zip")


@contextmanager
def running(release: Release, *, secured: bool = False, heap: str = "512m") -> Iterator[Server]:
    """Starts a server on free ports of 127.0.0.1 and stops it at the end; raises NoServerError."""
    home = java_home(release.java)
    packed = archive(release)
    work = Path(tempfile.mkdtemp(prefix="feuillet-elasticsearch-"))
    try:
        server, process = _start(packed, work, home, secured=secured, heap=heap)
        try:
            yield server
        finally:
            _stop(process)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _start(
    packed: Path, work: Path, java: Path, *, secured: bool, heap: str
) -> tuple[Server, subprocess.Popen[bytes]]:
    with zipfile.ZipFile(packed) as opened:
        opened.extractall(work)
    home = next(work.glob("elasticsearch-*"))
    for program in (*home.glob("bin/*"), *home.glob("modules/*/platform/*/bin/*")):
        program.chmod(0o755)
    http, transport = _free_ports()
    config = _configure(home, work, http, transport)
    password = "feuillet-tests" if secured else ""
    environment = {
        "PATH": os.environ["PATH"],
        "ES_JAVA_HOME": str(java),
        "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}",
        "ES_PATH_CONF": str(config),
        "ES_TMPDIR": str(work / "tmp"),
    }
    if secured:
        _secure(home, config, password, environment)
    user = _plain_user(work)
    with (work / "output").open("wb") as output:
        process = subprocess.Popen(
            [home / "bin" / "elasticsearch"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=work,
            user=user,
            group=user,
        )
    scheme = "https" if secured else "http"
    server = Server(f"{scheme}://127.0.0.1:{http}", password, str(config / "server.crt") if secured else "")
    _await(server, process, work)
    return server, process


def _configure(home: Path, work: Path, http: int, transport: int) -> Path:
    config = work / "config"
    shutil.copytree(home / "config", config)
    for name in ("data", "logs", "repo", "tmp"):
        (work / name).mkdir()
    options = (config / "jvm.options").read_text()
    options = options.replace("file=logs/", f"file={work}/logs/").replace(
        "ErrorFile=logs/", f"ErrorFile={work}/logs/"
    )
    (config / "jvm.options").write_text(options.replace("HeapDumpPath=data", f"HeapDumpPath={work}/data"))
    (config / "elasticsearch.yml").write_text(
        "discovery.type: single-node\nnetwork.host: 127.0.0.1\n"
        f"http.port: {http}\ntransport.port: {transport}\n"
        f"path.data: {work}/data\npath.logs: {work}/logs\npath.repo: {work}/repo\n"
        "xpack.security.enabled: false\ncluster.routing.allocation.disk.threshold_enabled: false\n"
    )
    return config


def _secure(home: Path, config: Path, password: str, environment: dict[str, str]) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", config / "server.key", "-out", config / "server.crt"),
        ],
        check=True,
        capture_output=True,
    )
    settings = (config / "elasticsearch.yml").read_text()
    secured = settings.replace("xpack.security.enabled: false", "xpack.security.enabled: true")
    (config / "elasticsearch.yml").write_text(
        secured + "xpack.security.autoconfiguration.enabled: false\n"
        "xpack.security.http.ssl.enabled: true\nxpack.security.http.ssl.key: server.key\n"
        "xpack.security.http.ssl.certificate: server.crt\n"
    )
    keystore = home / "bin" / "elasticsearch-keystore"
    subprocess.run([keystore, "create"], env=environment, check=True, capture_output=True)
    subprocess.run(
        [keystore, "add", "-x", "bootstrap.password"],
        env=environment, input=password.encode(), check=True, capture_output=True,
    )  # fmt: skip


def _plain_user(work: Path) -> int | None:
    """The server refuses to run as root: then it runs as nobody, who gets the work folder."""
    if os.getuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    for path in (work, *work.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_uid)
    return nobody.pw_uid


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def _await(server: Server, process: subprocess.Popen[bytes], work: Path) -> None:
    from elasticsearch import Elasticsearch

    client = Elasticsearch(server.url, request_timeout=5)
    if server.password:
        basic = ("elastic", server.password)
        client = Elasticsearch(server.url, basic_auth=basic, ca_certs=server.ca_file, request_timeout=5)
    deadline = time.monotonic() + START_SECONDS
    try:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                client.cluster.health(wait_for_status="yellow")
                return
            except Exception:  # noqa: BLE001 - whatever it is, the server is not up yet
                time.sleep(0.5)
    finally:
        client.close()
    _stop(process)
    tail = (work / "output").read_text(errors="replace").strip().splitlines()[-3:]
    raise NoServerError("Elasticsearch did not start: " + " / ".join(tail))


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
