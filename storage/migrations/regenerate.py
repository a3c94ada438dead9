"""Write the first revision anew from storage/schema.py: only until the first release, after which revisions are added.

Run it with: python -m storage.migrations.regenerate
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from alembic import command

from storage.engines import read_url
from storage.migrate import migrating

_VERSIONS = Path(__file__).parent / "versions"


def regenerate() -> None:
    """Replace all revisions by one that creates every table."""
    for old in _VERSIONS.glob("*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder, migrating(read_url(f"sqlite:///{folder}/empty.db")) as config:
        command.revision(config, "Create every table", autogenerate=True, rev_id="0001")


if __name__ == "__main__":
    regenerate()
