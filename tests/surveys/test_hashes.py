"""A questionnaire that was ever answered keeps its hash, whatever the model learns to say besides."""

import tomllib
from pathlib import Path

RECORDED = tomllib.loads((Path(__file__).parent / "hashes.toml").read_text(encoding="utf-8"))


def test_every_shipped_questionnaire_has_the_hash_that_was_recorded(programmes):
    found = {slug: {one.id: one.hash for one in programme.questionnaires} for slug, programme in programmes.items()}
    assert found == RECORDED
