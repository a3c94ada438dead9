"""Cards have a number to type."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('invite', sa.Column('number_hash_sealed', sa.LargeBinary(), nullable=True))
    op.create_index(op.f('ix_invite_number_hash_sealed'), 'invite', ['number_hash_sealed'], unique=True)


def downgrade() -> None:
    op.drop_index(op.f('ix_invite_number_hash_sealed'), table_name='invite')
    op.drop_column('invite', 'number_hash_sealed')
