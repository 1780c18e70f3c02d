"""Deeds with programmes and their versions: begin, say, publish, open again, discard; under the programme's lock."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.language.refusal import Refused
from app.models.programmes import Level, Programme, ProgrammeVersion, Provider, VersionPart
from app.phrasebook.of_programmes.checks import found_in_words
from app.platform.audit import record
from app.platform.occasion import Occasion
from app.programmes.telling.service import tell_of_version
from app.programmes.writing_down import new_part, write_facts, write_part, write_parts
from app.rules.programmes.check import checked
from app.rules.programmes.described import said_of_parts, said_of_version
from app.rules.programmes.said import PartSaid, VersionSaid
from app.rules.programmes.standing import cannot_change
from app.rules.programmes.years import year_in_words

FIXED = (
    "Learners are on this version, so it stays as it is. Make a new version from it: whoever is on this one keeps it."
)
PUBLISHED = "This version is published. Open it for changes first."


def begin_programme(
    session: Session, occasion: Occasion, provider: Provider, level: Level, title: str, academic_year: int
) -> Programme:
    """A programme with an empty version to write; raises Refused where the university has one of that name."""
    session.execute(select(Provider.id).where(Provider.id == provider.id).with_for_update())
    known = select(Programme.id).where(
        Programme.provider_id == provider.id, Programme.level == level, Programme.title == title
    )
    if session.scalar(known) is not None:
        raise Refused(f"{provider.name} has a {level.value} with this title already. Open that one.", "title")
    programme = Programme(provider=provider, level=level, title=title)
    session.add(programme)
    version = add_version(programme, occasion, academic_year)
    record(session, occasion.actor, "began a programme", programme, now=occasion.now, name=title)
    note(session, occasion, "began a version", version)
    return programme


def begin_version(session: Session, occasion: Occasion, programme: Programme, academic_year: int) -> ProgrammeVersion:
    """A version that says what the last one says, to change before it is published.

    Raises Refused while another is being written: two at once would each leave out what the other changes.
    """
    if any(not version.is_published for version in programme.versions):
        raise Refused("Another version of this programme is being written. Publish or discard that one first.")
    last = programme.versions[-1] if programme.versions else None
    version = add_version(programme, occasion, academic_year)
    if last:
        said = said_of_version(last)
        write_facts(version, replace(said, academic_year=academic_year))
        write_parts(version, said.parts)
    session.add(version)
    note(session, occasion, "began a version", version)
    return version


def add_version(programme: Programme, occasion: Occasion, academic_year: int) -> ProgrammeVersion:
    number = max((version.number for version in programme.versions), default=0) + 1
    version = ProgrammeVersion(number=number, made_at=occasion.now)
    write_facts(version, VersionSaid(academic_year, ()))
    programme.versions.append(version)
    return version


def say_facts(session: Session, occasion: Occasion, version: ProgrammeVersion, said: VersionSaid) -> None:
    """What applicants read. It binds nobody's modules, so it can be said as long as nobody learns by the version."""
    require_draft(version)
    write_facts(version, said)
    note(session, occasion, "changed a version", version)


def add_part(session: Session, occasion: Occasion, version: ProgrammeVersion, said: PartSaid) -> None:
    require_draft(version)
    refuse_titles_taken(version, None, said)
    part = new_part(max((one.position for one in version.parts), default=0) + 1, said)
    version.parts.append(part)
    write_part(version.programme, part, said)
    note(session, occasion, "added a part to a version", version, part=said.title)


def change_part(session: Session, occasion: Occasion, part: VersionPart, said: PartSaid) -> None:
    require_draft(part.version)
    refuse_titles_taken(part.version, part, said)
    write_part(part.version.programme, part, said)
    note(session, occasion, "changed a part of a version", part.version, part=said.title)


def remove_part(session: Session, occasion: Occasion, part: VersionPart) -> None:
    version = part.version
    require_draft(version)
    version.parts.remove(part)
    note(session, occasion, "removed a part of a version", version, part=part.title)


def refuse_titles_taken(version: ProgrammeVersion, part: VersionPart | None, said: PartSaid) -> None:
    """Learners choose by titles, so no two modules of a version share one."""
    elsewhere = {line.title for other in version.parts if other is not part for line in other.lines}
    twice = sorted(elsewhere & {module.title for module in said.modules})
    if twice:
        raise Refused(f"“{twice[0]}” stands in another part of this version. Each module stands in one part.")


def publish(session: Session, occasion: Occasion, version: ProgrammeVersion, address: str) -> None:
    """Let everybody read it, at the address, and learners begin it; raises Refused where a way through is no level.

    Those who teach at the university are told.

    Sent twice it counts once.
    """
    if version.is_published:
        return
    level = version.programme.level
    found = checked(level, said_of_parts(version))
    if not found.is_proved:
        raise Refused(f"It cannot be published yet. {found_in_words(level, found, found.faults[0])}")
    version.published_at = occasion.now
    note(session, occasion, "published a version", version)
    tell_of_version(session, occasion, version, address)


def open_again(session: Session, occasion: Occasion, version: ProgrammeVersion) -> None:
    """Take a version back to be changed, which nobody learns by yet."""
    if not version.is_published:
        return
    if cannot_change(session, version, occasion.today):
        raise Refused(FIXED)
    if any(not other.is_published for other in version.programme.versions):
        raise Refused("Another version of this programme is being written. Publish or discard that one first.")
    version.published_at = None
    note(session, occasion, "opened a version for changes", version)


def discard(session: Session, occasion: Occasion, version: ProgrammeVersion) -> None:
    """Drop what is being written; the only version of a programme goes with it where it never had another."""
    require_draft(version)
    if cannot_change(session, version, occasion.today):
        raise Refused(FIXED)
    note(session, occasion, "discarded a version", version)
    version.programme.versions.remove(version)
    session.delete(version)


def require_draft(version: ProgrammeVersion) -> None:
    if version.is_published:
        raise Refused(PUBLISHED)


def may_open_again(session: Session, occasion: Occasion, version: ProgrammeVersion) -> bool:
    """Whether the button would be refused."""
    others = any(not other.is_published for other in version.programme.versions)
    return version.is_published and not others and not cannot_change(session, version, occasion.today)


def note(session: Session, occasion: Occasion, deed: str, version: ProgrammeVersion, **details: str) -> None:
    year = year_in_words(version.academic_year)
    name = version.programme.title
    record(session, occasion.actor, deed, version, now=occasion.now, name=name, academic_year=year, **details)
