"""Where the time of a full answer goes: processor time by thread, then calls and time by part.

    python benchmarks/conversation_profile.py               # about a minute, half of it under cProfile
    python benchmarks/conversation_profile.py --functions   # and the functions that take most of it

The bot and the load are those of `conversation.py`. Processor time is taken without a profiler; cProfile, which makes
small functions look dearer than they are, says how it is shared out and how many functions are called.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

from conversation import AT_ONCE, HERE, environment, free_port, line_of, python
from conversation_bots import ours

_SHOWN = 40
_LEAST = 0.005  # a part below this share is not shown
_WAITS = ("<method 'poll' of 'select.epoll' objects>", "<method 'get' of '_queue.SimpleQueue' objects>")
_ROOT = str(HERE.parent)


def main() -> int:
    """Measure, and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--functions", action="store_true", help="also each function of ours and of others")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--warm", type=float, default=1.5)
    parser.add_argument("--latency", type=float, default=0.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as prepared:
        if python("conversation_bots.py", "prepare", 0, prepared).wait():
            raise RuntimeError("the database could not be prepared")
        answers, taken = measured("threads", prepared, asked)
        print("| thread | processor ms for an answer |\n|---|---|")
        for name, seconds in sorted(taken.items(), key=lambda one: -one[1]):
            print(f"| {name} | {1000 * seconds / answers:.3f} |")
        print(f"| **together** | **{1000 * sum(taken.values()) / answers:.3f}** |\n")
        answers, profiles = measured("profile", prepared, asked)
    for name, called in profiles.items():
        functions = [one for one in called if one[2] not in _WAITS]
        if sum(one[3] for one in functions) < answers:
            continue
        print(parts(name, functions, answers))
        if asked.functions:
            print(_functions(functions, answers))
    return 0


def measured(what: str, prepared: str, asked: argparse.Namespace) -> tuple[int, Any]:
    """Answers in a span, and what the bot says of it."""
    port = free_port()
    load = python("conversation_people.py", port, asked.latency, AT_ONCE, asked.warm, asked.seconds)
    line_of(load)
    command = [sys.executable, __file__, "--bot", what, str(port), prepared]
    bot = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    )
    try:
        line_of(bot)
        line_of(load, beside=bot)
        _tell(bot)
        answers = json.loads(line_of(load))["answers"]
        _tell(bot)
        return answers, json.loads(line_of(bot))
    finally:
        for process in (bot, load):
            process.kill()
            process.wait()


def _tell(bot: subprocess.Popen[str]) -> None:
    assert bot.stdin is not None
    bot.stdin.write("\n")
    bot.stdin.flush()


def parts(thread: str, functions: list[list[Any]], answers: int) -> str:
    """How the time of a thread is shared out, and how many functions are called."""
    calls: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for file, _, _, called, own in functions:
        calls[_part(file)] += called
        times[_part(file)] += own
    whole = sum(times.values())
    lines = [f"| {thread}: part | share of its time | calls for an answer |", "|---|---|---|"]
    lines += [
        f"| {part} | {100 * own / whole:.1f} % | {calls[part] / answers:.1f} |"
        for part, own in times.most_common()
        if own > _LEAST * whole
    ]
    return "\n".join([*lines, f"| **together** | 100 % | **{sum(calls.values()) / answers:.1f}** |", ""])


def _functions(functions: list[list[Any]], answers: int) -> str:
    whole = sum(own for *_, own in functions)
    lines = ["| function | share | calls for an answer |", "|---|---|---|"]
    for file, line, name, called, own in sorted(functions, key=lambda one: -one[-1])[:_SHOWN]:
        where = f"{Path(file).name}:{line} {name}" if line else name
        lines.append(f"| {where} | {100 * own / whole:.1f} % | {called / answers:.2f} |")
    return "\n".join([*lines, ""])


def _part(file: str) -> str:
    """The package of a function: of ours two levels, of others the name under which they are installed."""
    if file.startswith(_ROOT) and "site-packages" not in file:
        return ".".join(Path(file).relative_to(_ROOT).with_suffix("").parts[:2])
    if "site-packages" in file:
        return Path(file.partition("site-packages")[2]).parts[1]
    return (
        "functions in C"
        if file == "~"
        else "standard library"
        if "/" in file or "\\" in file
        else "made by dataclasses"
    )


def bot(what: str, port: str, prepared: str) -> None:
    """The bot, which is told on standard input when the span begins and when it ends."""
    profiles: dict[str, cProfile.Profile] = {}
    if what == "profile":
        threading.setprofile(lambda *_: _profiled(profiles))
    watch = threading.Thread(target=_watch, args=(profiles,), daemon=True, name="watch")
    watch.start()
    if what == "profile":
        _profiled(profiles)
    ours(f"http://127.0.0.1:{port}/bot", Path(prepared))


def _profiled(profiles: dict[str, cProfile.Profile]) -> None:
    """Profile this thread from here on."""
    sys.setprofile(None)
    profile = profiles[threading.current_thread().name] = cProfile.Profile()
    profile.enable()


def _watch(profiles: dict[str, cProfile.Profile]) -> None:
    sys.setprofile(None)
    sys.stdin.readline()
    begun = _taken(profiles)
    sys.stdin.readline()
    print(json.dumps(_less(_taken(profiles), begun)), flush=True)


def _taken(profiles: dict[str, cProfile.Profile]) -> dict[str, Any]:
    """Of each thread: processor seconds, or calls and own time of each function."""
    if not profiles:
        clocks = {one.name: time.pthread_getcpuclockid(one.ident) for one in threading.enumerate() if one.ident}
        return {name: time.clock_gettime(clock) for name, clock in clocks.items()}
    found = {}
    for name, profile in list(profiles.items()):
        entries: dict[str, list[Any]] = {}
        for entry in profile.getstats():
            file, line, function = _place(entry.code)
            known = entries.setdefault(f"{file}:{line}:{function}", [file, line, function, 0, 0.0])
            known[3] += entry.callcount
            known[4] += entry.inlinetime
        found[name] = entries
    return found


def _place(code: Any) -> tuple[str, int, str]:
    return ("~", 0, str(code)) if isinstance(code, str) else (code.co_filename, code.co_firstlineno, code.co_name)


def _less(after: dict[str, Any], before: dict[str, Any]) -> dict[str, Any]:
    """What was added in between."""
    if all(isinstance(one, float) for one in after.values()):
        return {name: one - before.get(name, 0.0) for name, one in after.items()}
    none = [0, 0.0]
    found = {}
    for name, entries in after.items():
        earlier = {key: one[3:] for key, one in before.get(name, {}).items()}
        found[name] = [
            [*place, called - earlier.get(key, none)[0], own - earlier.get(key, none)[1]]
            for key, (*place, called, own) in entries.items()
        ]
    return found


if __name__ == "__main__":
    if sys.argv[1:2] == ["--bot"]:
        bot(*sys.argv[2:])
    else:
        sys.exit(main())
