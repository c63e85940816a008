"""The first catalogue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["undoes"], ["changes.id"], name="fk_changes_undoes"),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
    )
    op.create_table(
        "registers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("understood", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_registers"),
    )
    op.create_table(
        "removed_entries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_removed_entries"),
        sa.UniqueConstraint("sequence", name="uq_removed_entries_sequence"),
    )
    op.create_table(
        "values",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_values"),
    )
    op.create_table(
        "entries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("register_id", sa.Text(), nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("section_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("machine", sa.Text(), nullable=True),
        sa.Column("proposed", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_entries_change_id"),
        sa.ForeignKeyConstraint(
            ["register_id"], ["registers.id"], name="fk_entries_register_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("sequence", name="uq_entries_sequence"),
    )
    op.create_index("ix_entries_page_id", "entries", ["page_id"], unique=False)
    op.create_index(
        "ix_entries_register_id_place_row", "entries", ["register_id", "place", "row"], unique=False
    )
    op.create_index(
        "ix_entries_register_id_retired_state_flags",
        "entries",
        ["register_id", "retired", "state", "flags"],
        unique=False,
    )
    op.create_table(
        "failures",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("page_index", sa.Integer(), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("failed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["register_id"], ["registers.id"], name="fk_failures_register_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_failures"),
    )
    op.create_index("ix_failures_register_id", "failures", ["register_id"], unique=False)
    op.create_table(
        "known_rows",
        sa.Column("register_id", sa.Text(), nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["register_id"], ["registers.id"], name="fk_known_rows_register_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("register_id", "page_id", name="pk_known_rows"),
    )
    op.create_table(
        "scans",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Text(), nullable=False),
        sa.Column("scan_id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("page_index", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("banner", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["register_id"], ["registers.id"], name="fk_scans_register_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_scans"),
        sa.UniqueConstraint("register_id", "scan_id", name="uq_scans_register_id_scan_id"),
    )
    op.create_index("ix_scans_register_id_path", "scans", ["register_id", "path"], unique=False)
    op.create_table(
        "sections",
        sa.Column("register_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["register_id"], ["registers.id"], name="fk_sections_register_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("register_id", "id", name="pk_sections"),
    )
    op.create_table(
        "entry_versions",
        sa.Column("entry_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("machine", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["changes.id"], name="fk_entry_versions_change_id"),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name="fk_entry_versions_entry_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", "version", name="pk_entry_versions"),
    )
    op.create_index("ix_entry_versions_change_id", "entry_versions", ["change_id"], unique=False)
    op.create_table(
        "pages",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("scan_key", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("page_class", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("view", sa.Integer(), nullable=True),
        sa.Column("section_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["scan_key"], ["scans.key"], name="fk_pages_scan_key", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_pages"),
    )
    op.create_index("ix_pages_page_id", "pages", ["page_id"], unique=False)
    op.create_index("ix_pages_scan_key", "pages", ["scan_key"], unique=False)
    op.create_table(
        "tables",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("page_key", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["page_key"], ["pages.key"], name="fk_tables_page_key", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_tables"),
    )
    op.create_index("ix_tables_page_key", "tables", ["page_key"], unique=False)
