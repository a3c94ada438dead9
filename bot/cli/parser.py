"""Every command with its arguments, help and example. Loads nothing that takes time; knows no command's work."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter, _SubParsersAction
from datetime import date
from pathlib import Path
from typing import Any

Commands = _SubParsersAction
REPORT_FORMATS = ("text", "html", "pdf", "xlsx", "json", "png")
EXPORT_FORMATS = ("csv", "xlsx", "sav")
_WEEK = re.compile(r"\d{4}-W\d{2}")


def build_parser() -> ArgumentParser:
    """The parser of `povezujejo`; each command sets `work` to the module and function that do it."""
    parser = ArgumentParser(
        prog="povezujejo",
        description="Shows what libraries change in people's lives: questionnaires by Telegram bot, impact reports.",
        epilog="Each command has its own help and an example: povezujejo cohort add --help",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (
        _demo,
        _init,
        _run,
        _check,
        _db,
        _cohort,
        _enrol,
        _participant,
        _consents,
        _paper,
        _staff,
        _survey,
        _timeline,
        _answers,
        _report,
        _export,
    ):
        add(commands)
    _copies(commands)
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"a day is written like 2026-11-22, not {text!r}") from None


def _week(text: str) -> str:
    if not _WEEK.fullmatch(text):
        raise ArgumentTypeError(f"a week is written like 2026-W47, not {text!r}")
    return text


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:  # noqa: PLR2004 - more is a slip of the finger
        raise ArgumentTypeError(f"a number from 1 to 1000 is needed, not {text!r}")
    return int(text)


def _command(commands: Any, name: str, text: str, work: str, example: str, *, config: bool = True) -> ArgumentParser:
    parser: ArgumentParser = commands.add_parser(
        name,
        help=text,
        description=f"{text[0].upper()}{text[1:]}.",
        epilog=f"example:\n  povezujejo {example}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.set_defaults(work=work)
    if config:
        parser.add_argument("--config", metavar="F", help="the configuration (default: config.toml in this folder)")
    return parser


def _group(commands: Any, name: str, text: str) -> Any:
    parser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    return parser.add_subparsers(required=True, metavar="COMMAND")


def _json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def _demo(commands: Any) -> None:
    text = "everything on this machine without a token: the bot, sample programmes and people, a phone in the browser"
    parser = _command(commands, "demo", text, "demo:run", "demo --port 8080", config=False)
    parser.add_argument("--port", type=int, metavar="N", help="of the page (default: 8674, or a free one)")
    parser.add_argument(
        "--data-dir", type=Path, default=Path("demo-data"), metavar="D", help="where it lives (default: %(default)s)"
    )
    parser.add_argument(
        "--time-scale", type=float, default=1.0, metavar="X", help="how many times faster its clock runs (default: 1)"
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")


def _init(commands: Any) -> None:
    text = "write config.toml and a key file, and check the bot's token with Telegram"
    parser = _command(commands, "init", text, "setup:init", "init --token 123456:ABC…")
    parser.add_argument("--token", metavar="T", help="the bot's token from @BotFather (default: it is asked for)")
    parser.add_argument("--base-url", metavar="URL", help="a Bot API server other than Telegram's own")


def _run(commands: Any) -> None:
    _command(commands, "run", "run the bot until Ctrl-C", "running:run", "run --config /etc/povezujejo/config.toml")


def _check(commands: Any) -> None:
    text = "check configuration, keys, database and every questionnaire, and say all problems at once"
    parser = _command(commands, "check", text, "checking:check", "check --config config.toml")
    parser.add_argument(
        "--strict", action="store_true", help="end with status 1 on warnings about wording and translations, too"
    )


def _db(commands: Any) -> None:
    db = _group(commands, "db", "the tables of the database")
    _command(db, "upgrade", "create the tables, or bring them to this version", "database:upgrade", "db upgrade")
    status = _command(db, "status", "say which version the tables have", "database:status", "db status --json")
    _json(status)


def _cohort(commands: Any) -> None:
    cohort = _group(commands, "cohort", "groups of a programme, with their dates")
    add = _command(
        cohort,
        "add",
        "add a group to a programme",
        "cohort:add",
        "cohort add brezice-racunalnik --start 2026-10-01 --end 2026-12-15",
    )
    add.add_argument("programme", metavar="PROGRAMME", help="see: povezujejo survey list")
    add.add_argument("--start", type=_day, required=True, metavar="D", help="first day, like 2026-10-01")
    add.add_argument("--end", type=_day, required=True, metavar="D", help="last day")
    add.add_argument("--name", metavar="N", help="as librarians know it (default: the month of its start)")
    add.add_argument("--place", default="", metavar="P", help="where it meets")
    add.add_argument(
        "--audience", default="participants", metavar="A", help="whose waves it has (default: %(default)s)"
    )
    _json(add)
    listing = _command(
        cohort,
        "list",
        "list the groups with their dates and how many people they have",
        "cohort:listing",
        "cohort list --json",
    )
    listing.add_argument("--programme", metavar="P", help="of one programme")
    _json(listing)
    edit = _command(
        cohort,
        "edit",
        "change a group; new dates move every message that is still to be sent",
        "cohort:edit",
        "cohort edit 3 --end 2026-12-22",
    )
    edit.add_argument("cohort", metavar="COHORT", help="its number or name")
    edit.add_argument("--start", type=_day, metavar="D", help="first day")
    edit.add_argument("--end", type=_day, metavar="D", help="last day")
    edit.add_argument("--name", metavar="N", help="its name")
    edit.add_argument("--place", metavar="P", help="where it meets")
    _json(edit)
    _closing(cohort)


def _closing(cohort: Any) -> None:
    text = "say what ends with a group when it is closed now, and close it with --yes"
    close = _command(cohort, "close", text, "cohort:close", "cohort close 3 --yes")
    close.add_argument("cohort", metavar="COHORT", help="its number or name")
    _yes(close)


def _participant(commands: Any) -> None:
    participant = _group(commands, "participant", "one person, known by the code")
    text = "say what moves when somebody goes to another group of the programme, and do it with --yes"
    move = _command(participant, "move", text, "participant:move", "participant move BRE-7F3K2 4 --yes")
    move.add_argument("code", metavar="CODE", help="of the person, like KAM-7F3K2")
    move.add_argument("cohort", metavar="COHORT", help="where to: its number or name")
    text = "say what is not asked any more when somebody takes part no longer, and end it with --yes"
    leave = _command(participant, "leave", text, "participant:leave", "participant leave BRE-7F3K2 --yes")
    leave.add_argument("code", metavar="CODE", help="of the person, like KAM-7F3K2")
    for parser in (move, leave):
        parser.add_argument("--in", dest="within", metavar="COHORT", help="where from, for whoever is in several")
        _yes(parser)
    text = "say where the consent of a person holds, and withdraw it with --yes; the answers stay"
    withdraw = _command(participant, "withdraw", text, "rights:withdraw", "participant withdraw BRE-7F3K2 --yes")
    text = "say where there is something of a person, and erase all of it for good with --yes"
    erase = _command(participant, "erase", text, "rights:erase", "participant erase BRE-7F3K2 --yes")
    for parser in (withdraw, erase):
        parser.add_argument("code", metavar="CODE", help="of the person, like KAM-7F3K2")
        _yes(parser)


def _yes(parser: ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do it (default: only say what would happen)")


def _enrol(commands: Any) -> None:
    text = "enrol participants in a group; gives the code and the link of each"
    parser = _command(commands, "enrol", text, "enrolling:enrol", "enrol 3 --count 12 --cards kartice.pdf")
    parser.add_argument("cohort", metavar="COHORT", help="its number or name")
    how_many = parser.add_mutually_exclusive_group(required=True)
    how_many.add_argument("--count", type=_count, metavar="N", help="how many")
    rows = "everybody on this list, a row each under the heading (ime, šifra, jezik, opomba); it is not kept"
    how_many.add_argument("--csv", dest="list", type=Path, metavar="F", help=rows)
    how_many.add_argument("--xlsx", dest="list", type=Path, metavar="F", help="the same from Excel: its first sheet")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done, or all that is wrong; do nothing"
    )
    parser.add_argument(
        "--cards",
        type=Path,
        metavar="F.pdf",
        help="write cards to cut out, and a list for the librarian on which alone the names stand, into this file",
    )
    _json(parser)


def _consents(commands: Any) -> None:
    text = "write who consented to what, when and through whose hand, under codes, with the texts beside it"
    parser = _command(
        commands, "consents", text, "consenting:consents", "consents --cohort 3 --format xlsx --out consents.xlsx"
    )
    parser.add_argument("--programme", metavar="P", help="of one programme (default: all)")
    parser.add_argument("--cohort", metavar="C", help="of one group: its number or name")
    parser.add_argument(
        "--format", choices=("csv", "xlsx", "json"), required=True, help="CSV: a second file holds the texts"
    )
    parser.add_argument("--out", type=Path, metavar="F", required=True, help="a file for its owner alone")


def _paper(commands: Any) -> None:
    text = "write the questionnaires of a group on paper, for those who have not answered a wave"
    parser = _command(commands, "paper", text, "paper:paper", "paper 3 --wave before --out vprasalniki.pdf")
    parser.add_argument("cohort", metavar="COHORT", help="its number or name")
    parser.add_argument("--wave", required=True, metavar="W", help="its id, like before")
    parser.add_argument("--code", metavar="C", help="only of this person (default: everybody)")
    parser.add_argument("--out", type=Path, required=True, metavar="F.pdf", help="a file for its owner alone")


def _staff(commands: Any) -> None:
    staff = _group(commands, "staff", "librarians and coordinators")
    invite = _command(
        staff,
        "invite",
        "make a link for one member of staff, good for 7 days and one use",
        "staff:invite",
        "staff invite --role librarian --library BRE",
    )
    roles = ("librarian", "coordinator", "national")
    invite.add_argument("--role", choices=roles, required=True, help="what the person may do")
    invite.add_argument("--library", metavar="L", help="three letters, as in survey list (national: none)")
    _json(invite)
    _json(
        _command(staff, "list", "list the librarians and coordinators who have joined", "staff:listing", "staff list")
    )
    remove = _command(staff, "remove", "end the role of one member of staff", "staff:remove", "staff remove 4")
    remove.add_argument("number", type=int, metavar="NUMBER", help="as in staff list")


def _survey(commands: Any) -> None:
    survey = _group(commands, "survey", "programmes and their questionnaires")
    _json(
        _command(
            survey,
            "list",
            "list the programmes with their libraries, waves and languages",
            "surveying:listing",
            "survey list",
        )
    )
    preview = _command(
        survey,
        "preview",
        "show a questionnaire as it is asked",
        "surveying:preview",
        "survey preview brezice-racunalnik --wave after",
    )
    preview.add_argument("programme", metavar="PROGRAMME", help="see: povezujejo survey list")
    preview.add_argument("--wave", metavar="W", help="only this wave (default: all)")
    preview.add_argument("--language", metavar="L", default="sl", help="one of those in survey list (default: sl)")


def _timeline(commands: Any) -> None:
    parser = _command(
        commands,
        "timeline",
        "say every message that a sample person would get, with dates",
        "timeline:timeline",
        "timeline brezice-racunalnik --start 2026-10-01 --end 2026-12-15",
    )
    parser.add_argument("programme", metavar="PROGRAMME", help="see: povezujejo survey list")
    parser.add_argument("--start", type=_day, required=True, metavar="D", help="first day of the group")
    parser.add_argument("--end", type=_day, required=True, metavar="D", help="last day of the group")
    parser.add_argument("--audience", default="participants", metavar="A", help="(default: %(default)s)")
    _json(parser)


def _answers(commands: Any) -> None:
    answers = _group(commands, "answers", "raw answers")
    text = "write all answers of closed questionnaires as CSV, one a row; texts that people typed are readable in it"
    export = _command(answers, "export", text, "answers:export", "answers export --out answers.csv")
    export.add_argument("--programme", metavar="P", help="of one programme (default: all)")
    export.add_argument(
        "--out",
        type=Path,
        metavar="F",
        help="a file for its owner alone, with the definitions beside it (default: standard output)",
    )
    text = "take answers in: those of an export, or those that somebody typed from paper; all of them or none"
    import_ = _command(answers, "import", text, "answers:import_", "answers import paper.csv")
    import_.add_argument("file", type=Path, metavar="F", help="CSV; see the manual for its columns")
    words = "take nothing in: list where a second typing from paper differs from what is stored (status 1: it does)"
    import_.add_argument("--compare", action="store_true", help=words)
    _json(import_)


def _report(commands: Any) -> None:
    report = _group(commands, "report", "reports")
    _kind(
        report, "weekly", "what happened in a week", "--programme brezice-racunalnik", ("programme", "library", "week")
    )
    _kind(
        report,
        "library",
        "what happened in a week in all programmes of a library",
        "--library BRE",
        ("library", "week"),
    )
    _kind(
        report, "impact", "what changed for the people of a programme", "--programme brezice-racunalnik", ("programme",)
    )
    text = "how one group answered beside the earlier groups of its programme"
    _kind(report, "compare", text, "--cohort 3", ("programme", "cohort"))
    _kind(report, "mayor", "one page for the mayor, without jargon; may be published", "--library BRE", ("library",))
    _kind(report, "national", "all programmes together; may be published", "", ())


def _kind(report: Any, kind: str, text: str, of: str, options: tuple[str, ...]) -> None:
    """One kind of report: of what it is, then what is common to all."""
    parser = _command(
        report, kind, text, "reporting:report", f"report {kind} {of} --format pdf --out {kind}.pdf".replace("  ", " ")
    )
    parser.set_defaults(kind=kind, programme=None, library=None, week=None, cohort=None)
    if "programme" in options:
        words = "to be sure whose group it is" if "cohort" in options else "needed where there are several"
        parser.add_argument("--programme", metavar="P", help=words)
    if "library" in options:
        words = "three letters, as in survey list"
        parser.add_argument("--library", metavar="L", help=f"instead: {words}" if "programme" in options else words)
    if "cohort" in options:
        parser.add_argument("--cohort", metavar="C", required=True, help="its number or name")
    if "week" in options:
        parser.add_argument("--week", type=_week, metavar="W", help="like 2026-W47 (default: last week)")
    parser.add_argument("--format", choices=REPORT_FORMATS, default="text", help="(default: %(default)s)")
    parser.add_argument("--out", type=Path, metavar="F", help="a file (default: standard output)")
    parser.add_argument(
        "--explain",
        nargs="?",
        const="",
        metavar="FIGURE",
        help="instead of the report: the formula of a figure and the rows behind it, under codes (alone: every figure)",
    )


def _export(commands: Any) -> None:
    text = "write the data of a programme with its codebook, for spreadsheets and statistical programs"
    parser = _command(
        commands, "export", text, "exporting:export", "export --programme brezice-racunalnik --format sav --out data"
    )
    parser.add_argument("--programme", metavar="P", required=True, help="see: povezujejo survey list")
    parser.add_argument("--format", choices=EXPORT_FORMATS, required=True, help="CSV, Excel or SPSS")
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help="a folder; made where there is none")
    parser.add_argument("--plain", action="store_true", help="CSV with commas and decimal points instead of Excel's")
    parser.add_argument("--texts", action="store_true", help="with what people typed, which may say who they are")
    parser.add_argument("--force", action="store_true", help="replace files of the same names")


def _copies(commands: Any) -> None:
    backup = _command(
        commands, "backup", "copy the database while the bot runs", "copies:backup", "backup /backups/2026-11-22.db"
    )
    backup.add_argument("file", type=Path, metavar="F", help="a new file")
    restore = _command(
        commands,
        "restore",
        "put a backup in the place of the database; the bot must not run",
        "copies:restore",
        "restore /backups/2026-11-22.db",
    )
    restore.add_argument("file", type=Path, metavar="F", help="a backup")
    restore.add_argument("--force", action="store_true", help="replace a database that holds something")
