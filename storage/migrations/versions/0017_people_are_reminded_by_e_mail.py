"""People are reminded by e-mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from storage.types import Moment

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('email_address',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chat', sa.LargeBinary(), nullable=False),
    sa.Column('address_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('token_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('language', sa.String(length=16), nullable=False),
    sa.Column('text_version', sa.String(length=32), nullable=False),
    sa.Column('text_hash', sa.String(length=64), nullable=False),
    sa.Column('asked_at', Moment(), nullable=False),
    sa.Column('mailed_at', Moment(), nullable=True),
    sa.Column('confirmed_at', Moment(), nullable=True),
    sa.Column('refused_at', Moment(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_email_address')),
    sa.UniqueConstraint('chat', name=op.f('uq_email_address_chat')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_email_address_token_hash'))
    )


def downgrade() -> None:
    op.drop_table('email_address')
