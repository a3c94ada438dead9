"""Channels beside Telegram: which one a chat is of, what came in by which, and by which a questionnaire is answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from storage.types import Moment

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None

_BEFORE = sa.table('handled_update_before', sa.column('update_id'), sa.column('channel'), sa.column('key'), sa.column('handled_at'))
_HANDLED = sa.table('handled_update', sa.column('update_id'), sa.column('channel'), sa.column('key'), sa.column('handled_at'))


def upgrade() -> None:
    with op.batch_alter_table('chat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('channel', sa.String(length=16), server_default='telegram', nullable=False))
    with op.batch_alter_table('run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('channel', sa.String(length=16), nullable=True))
    op.create_table('handled_update_before',
    sa.Column('update_id', sa.BigInteger(), nullable=False),
    sa.Column('handled_at', Moment(), nullable=False),
    )
    op.execute(_BEFORE.insert().from_select(
        ['update_id', 'handled_at'], sa.select(_HANDLED.c.update_id, _HANDLED.c.handled_at)
    ))
    _drop()
    op.create_table('handled_update',
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('handled_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('channel', 'key', name=op.f('pk_handled_update')),
    sqlite_with_rowid=False
    )
    _index()
    op.execute(_HANDLED.insert().from_select(
        ['channel', 'key', 'handled_at'],
        sa.select(sa.literal_column("'telegram'"), sa.cast(_BEFORE.c.update_id, sa.String()), _BEFORE.c.handled_at),
    ))
    op.drop_table('handled_update_before')


def downgrade() -> None:
    op.create_table('handled_update_before',
    sa.Column('update_id', sa.BigInteger(), nullable=False),
    sa.Column('handled_at', Moment(), nullable=False),
    )
    op.execute(_BEFORE.insert().from_select(
        ['update_id', 'handled_at'],
        sa.select(sa.cast(_HANDLED.c.key, sa.BigInteger()), _HANDLED.c.handled_at).where(
            _HANDLED.c.channel == sa.literal_column("'telegram'")
        ),
    ))
    _drop()
    op.create_table('handled_update',
    sa.Column('update_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('handled_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('update_id', name=op.f('pk_handled_update'))
    )
    _index()
    op.execute(_HANDLED.insert().from_select(
        ['update_id', 'handled_at'], sa.select(_BEFORE.c.update_id, _BEFORE.c.handled_at)
    ))
    op.drop_table('handled_update_before')
    with op.batch_alter_table('run', schema=None) as batch_op:
        batch_op.drop_column('channel')
    with op.batch_alter_table('chat', schema=None) as batch_op:
        batch_op.drop_column('channel')


def _drop() -> None:
    with op.batch_alter_table('handled_update', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_handled_update_handled_at'))
    op.drop_table('handled_update')


def _index() -> None:
    with op.batch_alter_table('handled_update', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_handled_update_handled_at'), ['handled_at'], unique=False)
