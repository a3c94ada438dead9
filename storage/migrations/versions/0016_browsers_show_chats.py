"""Browsers show chats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from storage.types import Moment

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('web_login',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('chat', sa.LargeBinary(), nullable=False),
    sa.Column('expires_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_web_login')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_web_login_token_hash'))
    )
    with op.batch_alter_table('web_login', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_login_chat'), ['chat'], unique=False)

    op.create_table('web_pin',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chat', sa.LargeBinary(), nullable=False),
    sa.Column('pin_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('wrong', sa.Integer(), server_default='0', nullable=False),
    sa.Column('chosen_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_web_pin')),
    sa.UniqueConstraint('chat', name=op.f('uq_web_pin_chat'))
    )
    op.create_table('web_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(), nullable=False),
    sa.Column('chat', sa.LargeBinary(), nullable=False),
    sa.Column('own_device', sa.Boolean(create_constraint=True, name='own_device'), nullable=False),
    sa.Column('without_pin', sa.Boolean(create_constraint=True, name='without_pin'), server_default=sa.text('(false)'), nullable=False),
    sa.Column('begun_at', Moment(), nullable=False),
    sa.Column('expires_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_web_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_web_session_token_hash'))
    )
    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_session_chat'), ['chat'], unique=False)
        batch_op.create_index(batch_op.f('ix_web_session_expires_at'), ['expires_at'], unique=False)

    op.create_table('web_upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('data_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('received_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_web_upload')),
    sa.UniqueConstraint('key', name=op.f('uq_web_upload_key'))
    )
    op.create_table('web_message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('chat', sa.LargeBinary(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=True),
    sa.Column('text_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('media', sa.String(length=16), nullable=True),
    sa.Column('name_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('data_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('attachment', sa.Integer(), nullable=True),
    sa.Column('said_at', Moment(), nullable=False),
    sa.ForeignKeyConstraint(['attachment'], ['attachment.id'], name=op.f('fk_web_message_attachment_attachment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_web_message'))
    )
    with op.batch_alter_table('web_message', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_message_chat'), ['chat'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('web_message', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_web_message_chat'))

    op.drop_table('web_message')
    op.drop_table('web_upload')
    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_web_session_expires_at'))
        batch_op.drop_index(batch_op.f('ix_web_session_chat'))

    op.drop_table('web_session')
    op.drop_table('web_pin')
    with op.batch_alter_table('web_login', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_web_login_chat'))

    op.drop_table('web_login')
