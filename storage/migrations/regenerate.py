"""Write the first revision anew from storage/schema: only until the first release, after which revisions are added.

Run it with: python -m storage.migrations.regenerate
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from alembic import command

from storage.engines import read_url
from storage.migrate import migrating

_VERSIONS = Path(__file__).parent / "versions"


def regenerate(versions: Path = _VERSIONS) -> None:
    """Replace all revisions in a folder by one that creates every table."""
    for old in versions.glob("*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        empty.touch()
        with migrating(read_url(f"sqlite:///{empty}")) as config:
            config.set_main_option("version_locations", str(versions).replace("%", "%%"))
            command.revision(config, "Create every table", autogenerate=True, rev_id="0001", version_path=str(versions))


if __name__ == "__main__":  # pragma: no cover - the test calls the function
    regenerate()
