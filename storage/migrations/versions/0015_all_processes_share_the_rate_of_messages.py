"""All processes share the rate of messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('send_budget',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('free_at', sa.Float(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_send_budget_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_send_budget'))
    )
    if op.get_context().dialect.name == 'postgresql':  # written with each message, and of no worth after a crash
        op.execute('ALTER TABLE send_budget SET UNLOGGED')


def downgrade() -> None:
    op.drop_table('send_budget')
