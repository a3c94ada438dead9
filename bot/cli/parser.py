"""Every command with its arguments, help and example. Loads nothing that takes time; knows no command's work."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from bot.cli import arguments
from bot.cli.data_parser import add_answers, add_export, add_report
from bot.cli.parts import as_json, command, group
from bot.version import VERSION


def build_parser() -> ArgumentParser:
    """The parser of `povezujejo`; each command sets `work` to the module and function that do it."""
    parser = ArgumentParser(
        prog="povezujejo",
        description="Shows what libraries change in people's lives: questionnaires by Telegram bot, impact reports.",
        epilog="Each command has its own help and an example: povezujejo cohort add --help",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}", help="say the version, and end")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for add in (
        _demo,
        _init,
        _run,
        _check,
        _status,
        _retention,
        _db,
        _keys,
        _cohort,
        _enrol,
        _participant,
        _consents,
        _consent_form,
        _paper,
        _staff,
        _operator,
        _survey,
        _timeline,
        add_answers,
        add_report,
        add_export,
    ):
        add(commands)
    _copies(commands)
    return parser


def _demo(commands: Any) -> None:
    text = "everything on this machine without a token: the bot, sample programmes and people, a phone in the browser"
    parser = command(commands, "demo", text, "demo:run", "demo --port 8080", config=False)
    parser.add_argument("--port", type=arguments.port, metavar="N", help="of the page (default: 8674, or a free one)")
    parser.add_argument(
        "--data-dir", type=Path, default=Path("demo-data"), metavar="D", help="where it lives (default: %(default)s)"
    )
    parser.add_argument(
        "--time-scale",
        type=arguments.times,
        default=1.0,
        metavar="X",
        help="how many times faster its clock runs (default: 1)",
    )
    parser.add_argument("--no-browser", action="store_true", help="do not open the page in a browser")


def _init(commands: Any) -> None:
    text = "write config.toml and a key file, and check the bot's token with Telegram"
    parser = command(commands, "init", text, "setup:init", "init --token 123456:ABC…")
    parser.add_argument("--token", metavar="T", help="the bot's token from @BotFather (default: it is asked for)")
    parser.add_argument("--base-url", metavar="URL", help="a Bot API server other than Telegram's own")


def _run(commands: Any) -> None:
    text = "run the bot until Ctrl-C"
    parser = command(commands, "run", text, "running:run", "run --config /etc/povezujejo/config.toml")
    parser.add_argument(
        "--take-over", action="store_true", help="also where Telegram brings the messages to another webhook"
    )


def _check(commands: Any) -> None:
    text = "check configuration, keys, database and every questionnaire, and say all problems at once"
    parser = command(commands, "check", text, "checking:check", "check --config config.toml")
    parser.add_argument(
        "--strict", action="store_true", help="end with status 1 on warnings (wording, translations, contacts), too"
    )
    parser.add_argument(
        "--online",
        action="store_true",
        help="ask Telegram, too: the token, the webhook, the clock, the bot's rights; and try the mail server",
    )


def _status(commands: Any) -> None:
    text = "say whether all is well, and what to do where it is not; asks the running bot, else the database alone"
    as_json(command(commands, "status", text, "status:status", "status --config /etc/povezujejo/config.toml"))


def _retention(commands: Any) -> None:
    text = "say how much is kept of what is kept for a time, and how much is due to be forgotten; forget it with --yes"
    parser = command(commands, "retention", text, "retention:show", "retention --yes")
    _yes(parser)
    as_json(parser)


def _db(commands: Any) -> None:
    db = group(commands, "db", "the tables of the database")
    command(db, "upgrade", "create the tables, or bring them to this version", "database:upgrade", "db upgrade")
    status = command(db, "status", "say which version the tables have", "database:status", "db status --json")
    as_json(status)
    text = "say what moves to another database, SQLite or PostgreSQL, and move it with --yes; no bot must run"
    example = "db move --to postgresql://povezujejo@localhost/povezujejo --yes"
    move = command(db, "move", text, "database:move", example)
    move.add_argument("--to", metavar="URL", help="where to: an empty database, or one that a move has begun to fill")
    _yes(move)
    move.add_argument("--cancel", action="store_true", help="stay here with a move that was begun and not finished")


def _keys(commands: Any) -> None:
    keys = group(commands, "keys", "what seals people's identities and words")
    text = "add a new key to the key file, which a running bot takes up by itself"
    command(keys, "add", text, "keys:add", "keys add")
    text = "say which keys there are, what is sealed with them, and which may go"
    as_json(command(keys, "status", text, "keys:status", "keys status"))
    text = "seal everything anew with the newest key; no bot must run"
    command(keys, "rotate", text, "keys:rotate", "keys rotate")


def _cohort(commands: Any) -> None:
    cohort = group(commands, "cohort", "groups of a programme, with their dates")
    add = command(
        cohort,
        "add",
        "add a group to a programme",
        "cohort:add",
        "cohort add brezice-racunalnik --start 2026-10-01 --end 2026-12-15",
    )
    add.add_argument("programme", metavar="PROGRAMME", help="see: povezujejo survey list")
    add.add_argument("--start", type=arguments.day, required=True, metavar="D", help="first day, like 2026-10-01")
    add.add_argument("--end", type=arguments.day, required=True, metavar="D", help="last day")
    add.add_argument("--name", metavar="N", help="as librarians know it (default: the month of its start)")
    add.add_argument("--place", default="", metavar="P", help="where it meets")
    add.add_argument(
        "--audience", default="participants", metavar="A", help="whose waves it has (default: %(default)s)"
    )
    as_json(add)
    listing = command(
        cohort,
        "list",
        "list the groups with their dates and how many people they have",
        "cohort:listing",
        "cohort list --json",
    )
    listing.add_argument("--programme", metavar="P", help="of one programme")
    as_json(listing)
    edit = command(
        cohort,
        "edit",
        "change a group; new dates move every message that is still to be sent",
        "cohort:edit",
        "cohort edit 3 --end 2026-12-22",
    )
    edit.add_argument("cohort", metavar="COHORT", help="its number or name")
    edit.add_argument("--start", type=arguments.day, metavar="D", help="first day")
    edit.add_argument("--end", type=arguments.day, metavar="D", help="last day")
    edit.add_argument("--name", metavar="N", help="its name")
    edit.add_argument("--place", metavar="P", help="where it meets")
    as_json(edit)
    _closing(cohort)


def _closing(cohort: Any) -> None:
    text = "say what ends with a group when it is closed now, and close it with --yes"
    close = command(cohort, "close", text, "cohort:close", "cohort close 3 --yes")
    close.add_argument("cohort", metavar="COHORT", help="its number or name")
    _yes(close)


def _participant(commands: Any) -> None:
    participant = group(commands, "participant", "one person, known by the code")
    text = "say what moves when somebody goes to another group of the programme, and do it with --yes"
    move = command(participant, "move", text, "participant:move", "participant move BRE-7F3K2 4 --yes")
    move.add_argument("code", metavar="CODE", help="of the person, like KAM-7F3K2")
    move.add_argument("cohort", metavar="COHORT", help="where to: its number or name")
    text = "say what is not asked any more when somebody takes part no longer, and end it with --yes"
    leave = command(participant, "leave", text, "participant:leave", "participant leave BRE-7F3K2 --yes")
    leave.add_argument("code", metavar="CODE", help="of the person, like KAM-7F3K2")
    text = "let somebody who waits begin with a group, and do it with --yes; the last answers are the first ones there"
    begin = command(participant, "begin", text, "participant:begin", "participant begin BRE-7F3K2 4 --yes")
    begin.add_argument("code", metavar="CODE", help="of the person, like KAM-7F3K2")
    begin.add_argument("cohort", metavar="COHORT", help="with which to begin: its number or name")
    for parser in (move, leave, begin):
        parser.add_argument("--in", dest="within", metavar="COHORT", help="where from, for whoever is in several")
        _yes(parser)
    text = "say where the consent of a person holds, and withdraw it with --yes; the answers stay"
    withdraw = command(participant, "withdraw", text, "rights:withdraw", "participant withdraw BRE-7F3K2 --yes")
    text = "say where there is something of a person, and erase all of it for good with --yes"
    erase = command(participant, "erase", text, "rights:erase", "participant erase BRE-7F3K2 --yes")
    for parser in (withdraw, erase):
        parser.add_argument("code", metavar="CODE", help="of the person, like KAM-7F3K2")
        _yes(parser)


def _yes(parser: ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do it (default: only say what would happen)")


def _enrol(commands: Any) -> None:
    text = "enrol participants in a group; gives the code and the link of each"
    parser = command(commands, "enrol", text, "enrolling:enrol", "enrol 3 --count 12 --cards kartice.pdf")
    parser.add_argument("cohort", metavar="COHORT", help="its number or name")
    how_many = parser.add_mutually_exclusive_group(required=True)
    how_many.add_argument("--count", type=arguments.count, metavar="N", default=0, help="how many")
    rows = "everybody on this list, a row each under the heading (ime, šifra, jezik, opomba); it is not kept"
    how_many.add_argument("--csv", dest="list", type=Path, metavar="F", help=rows)
    how_many.add_argument("--xlsx", dest="list", type=Path, metavar="F", help="the same from Excel or OpenDocument")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet to read (default: the only one with a list)")
    waiting = "so many of them wait for the next group and answer beside this one (default: the last ones)"
    parser.add_argument("--waiting", type=arguments.count, metavar="N", default=0, help=waiting)
    parser.add_argument("--by-lot", action="store_true", help="draw here by lot who waits")
    what = "people in hidden rows, and hidden columns; has to be said where there are any"
    parser.add_argument("--hidden", choices=("take", "leave"), help=what)
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be done, or all that is wrong; do nothing"
    )
    parser.add_argument(
        "--cards",
        type=Path,
        metavar="F.pdf",
        help="write cards to cut out, and a list for the librarian on which alone the names stand, into this file",
    )
    as_json(parser)


def _consents(commands: Any) -> None:
    text = "write who consented to what, when and through whose hand, under codes, with the texts beside it"
    parser = command(
        commands, "consents", text, "consenting:consents", "consents --cohort 3 --format xlsx --out consents.xlsx"
    )
    parser.add_argument("--programme", metavar="P", help="of one programme (default: all)")
    parser.add_argument("--cohort", metavar="C", help="of one group: its number or name")
    parser.add_argument(
        "--format", choices=("csv", "xlsx", "json"), required=True, help="CSV: a second file holds the texts"
    )
    parser.add_argument("--out", type=arguments.file, metavar="F", required=True, help="a file for its owner alone")


def _consent_form(commands: Any) -> None:
    text = "write a form for consent to be signed, with the very text that is read aloud"
    example = "consent-form kamnik-slovenscina --language en --out consent.pdf"
    parser = command(commands, "consent-form", text, "consenting:consent_form", example)
    parser.add_argument("programme", metavar="PROGRAMME")
    parser.add_argument("--language", default="sl", metavar="L", help="sl, sl-x-lahko or en (default: sl)")
    parser.add_argument("--guardian", action="store_true", help="for a parent or guardian to sign")
    parser.add_argument("--audience", metavar="A", help="whose questionnaires (default: the first of the programme)")
    parser.add_argument("--code", metavar="C", help="of the person who signs (default: room to write it)")
    parser.add_argument("--out", type=arguments.file, required=True, metavar="F.pdf", help="a file for its owner alone")


def _paper(commands: Any) -> None:
    text = "write the questionnaires of a group on paper, for those who have not answered a wave"
    parser = command(commands, "paper", text, "paper:paper", "paper 3 --wave before --out vprasalniki.pdf")
    parser.add_argument("cohort", metavar="COHORT", help="its number or name")
    parser.add_argument("--wave", required=True, metavar="W", help="its id, like before")
    parser.add_argument("--code", metavar="C", help="only of this person (default: everybody)")
    parser.add_argument("--out", type=arguments.file, required=True, metavar="F.pdf", help="a file for its owner alone")


def _staff(commands: Any) -> None:
    staff = group(commands, "staff", "librarians and coordinators")
    invite = command(
        staff,
        "invite",
        "make a link for one member of staff, good for 7 days and one use",
        "staff:invite",
        "staff invite --role librarian --library BRE",
    )
    roles = ("librarian", "coordinator", "national")
    invite.add_argument("--role", choices=roles, required=True, help="what the person may do")
    invite.add_argument("--library", metavar="L", help="three letters, as in survey list (national: none)")
    as_json(invite)
    as_json(
        command(staff, "list", "list the librarians and coordinators who have joined", "staff:listing", "staff list")
    )
    remove = command(staff, "remove", "end the role of one member of staff", "staff:remove", "staff remove 4")
    remove.add_argument("number", type=int, metavar="NUMBER", help="as in staff list")


def _operator(commands: Any) -> None:
    operator = group(commands, "operator", "who is told in the chat when the service needs a person")
    text = "make a link for one operator, good for 7 days and one use"
    as_json(command(operator, "invite", text, "operators:invite", "operator invite"))
    text = "list who is told, and links that nobody has opened yet"
    as_json(command(operator, "list", text, "operators:listing", "operator list"))
    text = "tell one operator no more, or take a link back"
    remove = command(operator, "remove", text, "operators:remove", "operator remove 1")
    remove.add_argument("number", type=int, metavar="NUMBER", help="as in operator list")


def _survey(commands: Any) -> None:
    survey = group(commands, "survey", "programmes and their questionnaires")
    as_json(
        command(
            survey,
            "list",
            "list the programmes with their libraries, waves and languages",
            "surveying:listing",
            "survey list",
        )
    )
    preview = command(
        survey,
        "preview",
        "show a questionnaire as it is asked",
        "surveying:preview",
        "survey preview brezice-racunalnik --wave after",
    )
    preview.add_argument("programme", metavar="PROGRAMME", help="see: povezujejo survey list")
    preview.add_argument("--wave", metavar="W", help="only this wave (default: all)")
    preview.add_argument("--language", metavar="L", default="sl", help="one of those in survey list (default: sl)")
    text = "make a programme of forms of XLSForm (.xlsx, .xls, .ods, .csv), or say everything wrong with them at once"
    example = "survey import anketa.xlsx --out programi/trzic-branje"
    bring = command(survey, "import", text, "survey_import:bring", example, config=False)
    bring.add_argument("forms", type=Path, nargs="+", metavar="FORM", help="a form; several are waves in this order")
    bring.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new folder, called as the programme")
    bring.add_argument("--wave", metavar="W", help="the id of the only wave (default: before)")
    bring.add_argument("--library", metavar="NAME", help="(default: Knjižnica)")
    bring.add_argument("--code", metavar="ABC", help="three letters of the library (default: of DIR)")
    bring.add_argument("--group", metavar="NAME", help="the neutral name of the group (default: Srečanja)")
    words = "leave out questions of kinds that are not taken, where no rule uses them"
    bring.add_argument("--leave-out", action="store_true", help=words)
    as_json(bring)


def _timeline(commands: Any) -> None:
    parser = command(
        commands,
        "timeline",
        "say every message that a sample person would get, with dates",
        "timeline:timeline",
        "timeline brezice-racunalnik --start 2026-10-01 --end 2026-12-15",
    )
    parser.add_argument("programme", metavar="PROGRAMME", help="see: povezujejo survey list")
    parser.add_argument("--start", type=arguments.day, required=True, metavar="D", help="first day of the group")
    parser.add_argument("--end", type=arguments.day, required=True, metavar="D", help="last day of the group")
    parser.add_argument("--audience", default="participants", metavar="A", help="(default: %(default)s)")
    as_json(parser)


def _copies(commands: Any) -> None:
    text = "copy the database while the bot runs: into the folder of [backup], or into a new file"
    backup = command(commands, "backup", text, "backups:backup", "backup /backups/before-the-upgrade.db")
    where = "a new file (default: one in the folder, whose old copies are then cleared)"
    backup.add_argument("file", type=arguments.file, nargs="?", metavar="F", help=where)
    text = "put a backup in the place of the database; the bot must not run"
    restore = command(commands, "restore", text, "backups:restore", "restore backups/povezujejo-20261122T023000Z.db")
    restore.add_argument("file", type=Path, metavar="F", help="a backup")
    rehearsal = "only try it beside the database, and say whether all of it is there and can be read"
    restore.add_argument("--rehearse", action="store_true", help=rehearsal)
    restore.add_argument("--force", action="store_true", help="replace a database that holds something")
    restore.add_argument("--identity", type=Path, metavar="I", help="your identity of age, for an encrypted backup")
