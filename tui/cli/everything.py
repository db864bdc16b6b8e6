"""What ``export --all`` does: write everything that people leave with, and say how far it is."""

from pathlib import Path

from offwall.model import store
from offwall.model.records.text import counted
from offwall.tui.cli.say import complain, hint, say
from offwall.tui.kit import Context
from offwall.tui.services.bundle import write_bundle


def everything(
    path: Path, folder: Path | None, audience: str, *, force: bool, dry_run: bool
) -> int:
    """Write it and return the exit status: 0, or 2 where a part could not be written.

    ``audience`` is who the brief is for.

    Raises:
        ExportError: the folder could not be made.
    """
    from offwall.model.documents.brief.readers import Audience

    session = store.read_session(path)
    if dry_run:
        from offwall.model.documents.bundle import BUNDLE_PARTS

        where = folder or f"a new folder beside {path.name}"
        say(f"Would write into {where}: {', '.join(BUNDLE_PARTS)}. Nothing was written.")
        return 0
    written = write_bundle(
        session,
        path,
        Context(),
        folder=folder,
        force=force,
        audience=Audience(audience),
        tell=lambda number, parts, name: hint(f"{number} of {parts}: {name}"),
    )
    for file in written.files:
        say(str(file))
    for sentence in written.notes:
        hint(sentence)
    for sentence in written.failed:
        complain(sentence)
    if written.files:
        say(f"Wrote {written.folder}: {counted(len(written.files), 'file')}.")
    return 2 if written.failed else 0
