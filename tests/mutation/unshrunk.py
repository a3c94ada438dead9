"""Of Hypothesis while mutants are tried: always the same examples, and one that fails is enough, however large."""

from hypothesis import Phase, settings

settings.register_profile("mutants", derandomize=True, database=None, phases=[Phase.explicit, Phase.generate])
