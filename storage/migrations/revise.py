"""Write the next revision from what `storage/schema` says and the revisions do not make yet; read it before it lands.

Run it with: python -m storage.migrations.revise "Stories have an answer"
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from storage.engine.engines import read_url
from storage.engine.migrate import migrating
from storage.engine.version import status_at

_VERSIONS = Path(__file__).parent / "versions"


def revise(message: str, versions: Path = _VERSIONS) -> Path:
    """Write a revision with the next number into a folder and give its file."""
    number = f"{int(status_at(None).head) + 1:04}"
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        empty.touch()
        with migrating(read_url(f"sqlite:///{empty}")) as config:
            config.set_main_option("version_locations", str(versions).replace("%", "%%"))
            command.upgrade(config, "head")
            command.revision(config, message, autogenerate=True, rev_id=number, version_path=str(versions))
    (written,) = versions.glob(f"{number}_*.py")
    return written


if __name__ == "__main__":  # pragma: no cover - the test calls the function
    revise(sys.argv[1])
