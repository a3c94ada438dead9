"""What was on the screen when somebody wrote."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from storage.types import Moment

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

# What a chat shows when it is upgraded has been on the screen: what is written from now on was written with it there.
_SHOWN = sa.text("UPDATE chat SET seen_from = card WHERE shown >= wanted")
_COVERED = sa.text("UPDATE chat SET seen_at = changed_at WHERE shown >= wanted AND card IS NULL")


def upgrade() -> None:
    with op.batch_alter_table('chat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seen_from', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('seen_at', Moment(), nullable=True))
        batch_op.add_column(sa.Column('earlier', sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column('earlier_from', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('earlier_at', Moment(), nullable=True))
        batch_op.add_column(sa.Column('earlier_message', sa.BigInteger(), nullable=True))
    op.execute(_SHOWN)
    op.execute(_COVERED)


def downgrade() -> None:
    with op.batch_alter_table('chat', schema=None) as batch_op:
        batch_op.drop_column('earlier_message')
        batch_op.drop_column('earlier_at')
        batch_op.drop_column('earlier_from')
        batch_op.drop_column('earlier')
        batch_op.drop_column('seen_at')
        batch_op.drop_column('seen_from')
