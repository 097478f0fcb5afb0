"""What there is to say of the settings: each value with its source, what is ignored, what is wrong."""

from collections.abc import Iterator
from pathlib import Path

from ingenes_desktop.adapters.settings_review import Review, review_settings, shown_value
from ingenes_desktop.diagnosis.findings import Check, Finding, Section, Verdict, failed, finding
from ingenes_desktop.diagnosis.surroundings import Surroundings


def review_of(surroundings: Surroundings) -> Review:
    """The settings of these surroundings. Never raises."""
    return review_settings(
        surroundings.environment,
        user_file=surroundings.user_file,
        policy=surroundings.policy,
        frozen=surroundings.frozen,
        defaults=surroundings.defaults,
    )


def settings_findings(review: Review, surroundings: Surroundings) -> Iterator[Finding]:
    """Files, values, what is ignored and why, and every value that is wrong."""
    for kind, path in (("user", surroundings.user_file), ("policy", surroundings.policy_file)):
        if path is not None:
            yield _file(kind, path)
    for row in review.values:
        yield finding(
            Section.SETTINGS,
            Check.SETTING,
            Verdict.OK,
            row.name,
            value=shown_value(row.value),
            source=row.source,
            label=row.label,
        )
    for each in review.ignored:
        yield finding(
            Section.SETTINGS,
            Check.SETTING_IGNORED,
            Verdict.NOTE if each.by or each.why.value == "empty" else Verdict.WARNING,
            each.label,
            source=each.source,
            reason=each.why.value,
            by=each.by or None,
        )
    if surroundings.dropped:
        yield finding(Section.SETTINGS, Check.VARIABLES_DROPPED, Verdict.NOTE, names=surroundings.dropped)
    for error in review.errors:
        yield failed(Section.SETTINGS, Check.SETTING_REFUSED, error, error.detail)


def without_home(path: Path) -> str:
    """The path with "~" for the home folder: an account's name is nobody's business."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def _file(kind: str, path: Path) -> Finding:
    try:
        is_there = path.exists() or path.is_symlink()
    except OSError:
        is_there = True  # a folder on the way may not be entered
    return finding(
        Section.SETTINGS,
        Check.SETTINGS_FILE,
        Verdict.NOTE,
        kind,
        path=without_home(path),
        exists=is_there,
    )
