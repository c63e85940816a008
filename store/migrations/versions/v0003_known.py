"""What was known of a scan when it was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("scans", sa.Column("known", sa.Text(), nullable=True))
