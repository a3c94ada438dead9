"""Authors agree to edited stories: whether they were asked and what they said, and the question as a delivery."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from storage.types import Moment

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

KINDS = ('opening', 'reminder', 'closing', 'weekly', 'report', 'feedback')
MORE_KINDS = ('opening', 'reminder', 'closing', 'weekly', 'report', 'story', 'feedback')


def upgrade() -> None:
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.add_column(sa.Column('author_asked_at', Moment(), nullable=True))
        batch_op.add_column(sa.Column('author_agreed_at', Moment(), nullable=True))
        batch_op.add_column(sa.Column('author_refused_at', Moment(), nullable=True))
    _allow(MORE_KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM delivery WHERE kind = 'story'")
    _allow(KINDS)
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.drop_column('author_refused_at')
        batch_op.drop_column('author_agreed_at')
        batch_op.drop_column('author_asked_at')


def _allow(kinds: tuple[str, ...]) -> None:
    """Let a delivery be of these kinds. SQLite can change a CHECK only by writing the table anew."""
    if op.get_bind().dialect.name == 'sqlite':
        with op.batch_alter_table('delivery', recreate='always', copy_from=_delivery(kinds)):
            pass
        return
    name = op.f('ck_delivery_deliverykind')
    op.drop_constraint(name, 'delivery', type_='check')
    op.create_check_constraint(name, 'delivery', sa.column('kind').in_([sa.literal_column(f"'{one}'") for one in kinds]))


def _delivery(kinds: tuple[str, ...]) -> sa.Table:
    """The table as 0001 made it, with other kinds."""
    table = sa.Table(
        'delivery',
        sa.MetaData(),
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(length=80), nullable=False),
        sa.Column('kind', sa.String(length=24), nullable=False),
        sa.Column('occasion', sa.Integer(), nullable=True),
        sa.Column('staff', sa.Integer(), nullable=True),
        sa.Column('details', sa.JSON(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column('due_at', Moment(), nullable=False),
        sa.Column('planned_at', Moment(), nullable=False),
        sa.Column('state', sa.String(length=24), nullable=False),
        sa.Column('attempt', sa.Integer(), server_default='0', nullable=False),
        sa.Column('ended_at', Moment(), nullable=True),
        sa.Column('problem', sa.String(length=80), nullable=True),
        sa.CheckConstraint('(occasion IS NULL) <> (staff IS NULL)', name=op.f('ck_delivery_one_receiver')),
        sa.CheckConstraint(f'kind IN {kinds}', name=op.f('ck_delivery_deliverykind')),
        sa.CheckConstraint(
            "state IN ('due', 'sending', 'sent', 'failed', 'cancelled', 'uncertain')",
            name=op.f('ck_delivery_deliverystate'),
        ),
        sa.ForeignKeyConstraint(['occasion'], ['occasion.id'], name=op.f('fk_delivery_occasion_occasion')),
        sa.ForeignKeyConstraint(['staff'], ['staff.id'], name=op.f('fk_delivery_staff_staff')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery')),
        sa.UniqueConstraint('key', name=op.f('uq_delivery_key')),
    )
    sa.Index('ix_delivery_occasion', table.c.occasion)
    sa.Index('ix_delivery_staff', table.c.staff)
    sa.Index('ix_delivery_open', table.c.due_at, sqlite_where=sa.text("state IN ('due', 'sending')"))
    return table
