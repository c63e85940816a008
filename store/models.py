"""The catalogue's tables: readings page by page, entries one by one, and beside them what they were before.

A table's columns, rows and cells are one compressed JSON document (`content`): they are always written
and read together, and a page of 300 cells with alternatives takes about 5 kB instead of 300 rows with
their keys. Everything that is counted, sorted or looked up is a column of its own.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

registers = Table(
    "registers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("folder", Text, nullable=False),
    Column("settings", Text, nullable=False),
    Column("revision", Integer, nullable=False),  # grows with all that understanding depends on
    Column("understood", Text, nullable=False),
)

sections = Table(
    "sections",
    metadata,
    Column("register_id", Text, ForeignKey("registers.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Column("content", Text, nullable=False),
)

scans = Table(
    "scans",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("register_id", Text, ForeignKey("registers.id", ondelete="CASCADE"), nullable=False),
    Column("scan_id", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("page_index", Integer, nullable=False),
    Column("path", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("banner", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("read_at", Text, nullable=False),
    Column("known", Text),  # what handwriting was decoded with; NULL for print
    UniqueConstraint("register_id", "scan_id"),
    Index("ix_scans_register_id_path", "register_id", "path"),
)

pages = Table(
    "pages",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("scan_key", Integer, ForeignKey("scans.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("page_id", Text, nullable=False, index=True),
    Column("rank", Integer, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("page_class", Text, nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("view", Integer),
    Column("section_id", Text, nullable=False),
)

tables = Table(
    "tables",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("page_key", Integer, ForeignKey("pages.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("rank", Integer, nullable=False),
    Column("row_count", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

known_rows = Table(
    "known_rows",
    metadata,
    Column("register_id", Text, ForeignKey("registers.id", ondelete="CASCADE"), primary_key=True),
    Column("page_id", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

known_files = Table(
    "known_files",
    metadata,
    Column("register_id", Text, ForeignKey("registers.id", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("modified", BigInteger, nullable=False),  # nanoseconds
    Column("mark", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("frames", Text, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("register_id", Text, ForeignKey("registers.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("path", Text, nullable=False),
    Column("sha256", Text),
    Column("page_index", Integer),
    Column("fingerprint", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("advice", Text, nullable=False),
    Column("failed_at", Text, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("register_id", Text, ForeignKey("registers.id", ondelete="CASCADE"), nullable=False),
    Column("page_id", Text, nullable=False, index=True),
    Column("section_id", Text, nullable=False),
    Column("place", Integer, nullable=False),  # rank of the page side in its register
    Column("row", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("flags", Text, nullable=False),
    Column("confidence", Float),
    Column("content", Text, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sequence", BigInteger, nullable=False, unique=True),
    Column("change_id", Integer, ForeignKey("changes.id"), nullable=False),
    Column("machine", Text),  # the machine's reading that a person has corrected
    Column("proposed", Text),  # a later reading that differs from both
    Index("ix_entries_register_id_place_row", "register_id", "place", "row"),
    Index("ix_entries_register_id_retired_state_flags", "register_id", "retired", "state", "flags"),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("register_id", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("undoes", Integer, ForeignKey("changes.id")),
)

entry_versions = Table(
    "entry_versions",
    metadata,
    Column("entry_id", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("change_id", Integer, ForeignKey("changes.id"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("content", Text, nullable=False),
    Column("machine", Text),
    ForeignKeyConstraint(["entry_id"], ["entries.id"], ondelete="CASCADE"),
)

removed_entries = Table(
    "removed_entries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sequence", BigInteger, nullable=False, unique=True),
)

values = Table(
    "values",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
