"""How the last copies of the database went."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from storage.types import Moment

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('backup',
    sa.Column('slot', sa.String(length=20), nullable=False),
    sa.Column('due_at', Moment(), nullable=False),
    sa.Column('attempt', sa.Integer(), server_default='0', nullable=False),
    sa.Column('made_at', Moment(), nullable=True),
    sa.Column('file', sa.String(length=200), nullable=True),
    sa.Column('size', sa.BigInteger(), nullable=True),
    sa.Column('counted', sa.BigInteger(), nullable=True),
    sa.Column('failed_at', Moment(), nullable=True),
    sa.Column('problem', sa.String(length=300), nullable=True),
    sa.PrimaryKeyConstraint('slot', name=op.f('pk_backup'))
    )


def downgrade() -> None:
    op.drop_table('backup')
