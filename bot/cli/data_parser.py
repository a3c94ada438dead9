"""The commands for answers, reports and data, with their arguments, help and example. Loads nothing that takes time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.cli import arguments
from bot.cli.parts import as_json, command, group

REPORT_FORMATS = ("text", "html", "pdf", "xlsx", "json", "png")
SLIDE = "slide"  # a picture of 1,920 by 1,080 pixels, of the page for the mayor alone
EXPORT_FORMATS = ("csv", "xlsx", "sav")


def add_answers(commands: Any) -> None:
    """Raw answers, in and out."""
    answers = group(commands, "answers", "raw answers")
    text = "write all answers of closed questionnaires as CSV, one a row; texts that people typed are readable in it"
    export = command(answers, "export", text, "answers:export", "answers export --out answers.csv")
    export.add_argument("--programme", metavar="P", help="of one programme (default: all)")
    export.add_argument(
        "--out",
        type=arguments.file,
        metavar="F",
        help="a file for its owner alone, with the definitions beside it (default: standard output)",
    )
    text = "take answers in: those of an export, or those that somebody typed from paper; all of them or none"
    import_ = command(answers, "import", text, "answers:import_", "answers import paper.csv")
    import_.add_argument("file", type=Path, metavar="F", help="CSV; see the manual for its columns")
    words = "take nothing in: list where a second entry from paper differs from what is stored (status 1: it does)"
    import_.add_argument("--compare", action="store_true", help=words)
    as_json(import_)


def add_report(commands: Any) -> None:
    """Every kind of report."""
    report = group(commands, "report", "reports")
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
    _kind(report, "country", "the work of a week or a month in all libraries", "--month 2026-11", ("week", "month"))
    _kind(
        report, "impact", "what changed for the people of a programme", "--programme brezice-racunalnik", ("programme",)
    )
    text = "how one group answered beside the earlier groups of its programme"
    _kind(report, "compare", text, "--cohort 3", ("programme", "cohort"))
    _kind(report, "mayor", "one page for the mayor, without jargon; may be published", "--library BRE", ("library",))
    _kind(report, "national", "all programmes together; may be published", "", ())


def _kind(report: Any, kind: str, text: str, of: str, options: tuple[str, ...]) -> None:
    """One kind of report: of what it is, then what is common to all."""
    parser = command(
        report, kind, text, "reporting:report", f"report {kind} {of} --format pdf --out {kind}.pdf".replace("  ", " ")
    )
    parser.set_defaults(kind=kind, programme=None, library=None, week=None, month=None, cohort=None)
    if "programme" in options:
        words = "to be sure whose group it is" if "cohort" in options else "needed where there are several"
        parser.add_argument("--programme", metavar="P", help=words)
    if "library" in options:
        words = "three letters, as in survey list"
        parser.add_argument("--library", metavar="L", help=f"instead: {words}" if "programme" in options else words)
    if "cohort" in options:
        parser.add_argument("--cohort", metavar="C", required=True, help="its number or name")
    period = parser.add_mutually_exclusive_group() if "month" in options else parser  # an empty group has no usage
    if "week" in options:
        period.add_argument("--week", type=arguments.week, metavar="W", help="like 2026-W47 (default: last week)")
    if "month" in options:
        period.add_argument("--month", type=arguments.month, metavar="M", help="instead: like 2026-11")
    formats = (*REPORT_FORMATS, SLIDE) if kind == "mayor" else REPORT_FORMATS
    parser.add_argument("--format", choices=formats, default="text", help="(default: %(default)s)")
    parser.add_argument("--out", type=arguments.file, metavar="F", help="a file (default: standard output)")
    parser.add_argument(
        "--explain",
        nargs="?",
        const="",
        metavar="FIGURE",
        help="instead of the report: the formula of a figure and the rows behind it, under codes (alone: every figure)",
    )


def add_export(commands: Any) -> None:
    """Data for other programs."""
    text = "write the data of a programme with its codebook, for spreadsheets and statistical programs"
    parser = command(
        commands, "export", text, "exporting:export", "export --programme brezice-racunalnik --format sav --out data"
    )
    parser.add_argument("--programme", metavar="P", required=True, help="see: povezujejo survey list")
    parser.add_argument("--format", choices=EXPORT_FORMATS, required=True, help="CSV, Excel or SPSS")
    parser.add_argument("--out", type=Path, metavar="DIR", required=True, help="a folder; made where there is none")
    parser.add_argument("--plain", action="store_true", help="CSV with commas and decimal points instead of Excel's")
    parser.add_argument("--texts", action="store_true", help="with what people typed, which may say who they are")
    parser.add_argument("--force", action="store_true", help="replace files of the same names")
