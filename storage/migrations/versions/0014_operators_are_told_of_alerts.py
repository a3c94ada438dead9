"""Operators are told of alerts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from storage.types import Moment

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('alert',
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('begun_at', Moment(), nullable=False),
    sa.Column('seen_at', Moment(), nullable=False),
    sa.Column('due_at', Moment(), nullable=False),
    sa.Column('told_at', Moment(), nullable=True),
    sa.PrimaryKeyConstraint('kind', name=op.f('pk_alert'))
    )
    op.create_table('operator',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=True),
    sa.Column('expires_at', Moment(), nullable=True),
    sa.Column('chat', sa.LargeBinary(), nullable=True),
    sa.Column('joined_at', Moment(), nullable=True),
    sa.CheckConstraint('(token_hash IS NULL) <> (chat IS NULL)', name=op.f('ck_operator_link_or_chat')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_operator')),
    sa.UniqueConstraint('chat', name=op.f('uq_operator_chat')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_operator_token_hash'))
    )


def downgrade() -> None:
    op.drop_table('operator')
    op.drop_table('alert')
