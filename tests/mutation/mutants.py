"""What became of the mutants that mutmut tried, and which of the survivors are explained."""

import json
import tomllib
from dataclasses import dataclass

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

KILLED = {"killed", "timeout"}


@dataclass(frozen=True)
class Mutant:
    """One change of a function: its lines as they were and as they became, with single spaces."""

    function: str
    was: str
    becomes: str


@dataclass(frozen=True)
class Verdict:
    """The mutants of a module: how many, how many killed; the survivors, and explanations of what does not survive."""

    module: str
    tried: int
    killed: int
    explained: int
    left: tuple[Mutant, ...]
    stale: tuple[Mutant, ...]


def verdicts(explained, module=""):
    """One for each module whose name begins so, as mutmut left them in the current folder."""
    for path in sorted(walk_mutatable_files()):
        name = ".".join(path.with_suffix("").parts)
        if name.startswith(module):
            codes = json.loads((("mutants" / path).with_name(f"{path.name}.meta")).read_text("utf-8"))
            fates = {one: status_by_exit_code[code] for one, code in codes["exit_code_by_key"].items()}
            surviving = [_mutant(one, name, path) for one, fate in fates.items() if fate not in KILLED]
            yield judged(name, len(fates), surviving, {one for one in explained if _is_in(one, name)})


def judged(module, tried, surviving, explained):
    """The verdict on a module; two mutants that change the same into the same are explained together."""
    left = [one for one in surviving if one not in explained]
    stale = explained - set(surviving)
    killed = tried - len(surviving)
    return Verdict(module, tried, killed, len(surviving) - len(left), tuple(left), tuple(sorted(stale, key=str)))


def explanations(text):
    """The explained mutants of a TOML file, each with its reason."""
    return {
        Mutant(f"{one['module']}.{one['function']}", was, becomes): one["why"]
        for one in tomllib.loads(text).get("equivalent", [])
        for was, becomes in one["changes"]
    }


def _is_in(mutant, module):
    return mutant.function.startswith(f"{module}.")


def _mutant(key, module, path):
    function, owner = orig_function_and_class_names_from_key(key)
    lines = get_diff_for_mutant(key, path=path).splitlines()[3:]
    was, becomes = (" ".join(" ".join(line[1:] for line in lines if line.startswith(sign)).split()) for sign in "-+")
    return Mutant(".".join(filter(None, (module, owner, function))), was, becomes)
