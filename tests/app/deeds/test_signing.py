"""A signature covers what was read, stands while that stands, is voided and never removed."""

import enum
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.language.refusal import Overtaken, Refused
from app.models.base import Base
from app.models.operations.signatures import Signature, SignedContent
from app.models.people import Person, Role
from app.platform.lifecycle import Move, Party
from app.platform.signing.lifecycle import CHANGED, SignedLifecycle, signers_to_tell
from app.rules.signing.canonical import canonical_text, digest_of
from app.rules.signing.kinds import SignedKind, Wording
from tests.builders import Builder

NOW = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


class State(enum.Enum):
    DRAFT = "a draft"
    OPEN = "to be signed"


@dataclass
class Letter:
    """Something that three people sign."""

    id: int = 1
    state: State = State.OPEN
    revision: int = 1
    words: list[str] = field(default_factory=lambda: ["first"])


SIGNERS = (Party.LEARNER, Party.MENTOR, Party.ACADEMIC_SUPERVISOR)
LETTER = SignedKind(
    "letter",
    SIGNERS,
    lambda letter: {"words": letter.words},
    (Wording("1", "I have read it."), Wording("2", "I agree.")),
)
OPEN, DRAFT = frozenset({State.OPEN}), frozenset({State.DRAFT})
GAVE, REOPENED, MENDED = "gave a letter to be signed", "reopened a letter", "mended a letter"
LETTERS = SignedLifecycle(
    LETTER,
    [
        Move(GAVE, DRAFT, State.OPEN, frozenset({Party.LEARNER})),
        Move(REOPENED, OPEN, State.DRAFT, frozenset(SIGNERS), needs_reason=True),
        Move(MENDED, OPEN, State.OPEN, frozenset({Party.LEARNER})),
    ],
    signed_in=State.OPEN,
    voids={REOPENED: SIGNERS, MENDED: [Party.MENTOR]},
)


@pytest.fixture
def people(build: Builder) -> dict[Party, Person]:
    roles = (Role.LEARNER, Role.MENTOR, Role.ACADEMIC_SUPERVISOR)
    return dict(zip(SIGNERS, [build.person(role) for role in roles], strict=True))


def sign(session: Session, letter: Letter, party: Party, person: Person) -> Signature:
    return LETTERS.sign(session, letter, party, person, NOW, seen=LETTER.digest_of(letter))


def stand(session: Session, letter: Letter) -> set[Party]:
    return set(LETTER.standing(session, letter).signatures)


def test_who_signs_keeps_word_for_word_what_was_signed(session, people):
    letter, mentor = Letter(), people[Party.MENTOR]
    signature = sign(session, letter, Party.MENTOR, mentor)
    session.commit()
    kept = session.scalars(select(SignedContent)).one()
    assert digest_of(kept.content) == kept.digest == signature.digest
    assert json.loads(kept.content)["content"] == {"words": ["first"]}
    assert (signature.signer_name, signature.wording, signature.revision) == (mentor.name, "2", 1)
    assert LETTER.words_of(signature) == "I agree."
    standing = LETTER.standing(session, letter)
    assert standing.missing == (Party.LEARNER, Party.ACADEMIC_SUPERVISOR)
    assert not standing.is_complete


def test_it_is_complete_in_whatever_order_they_sign(session, people):
    letter = Letter()
    for party in reversed(SIGNERS):
        assert not LETTER.standing(session, letter).is_complete
        sign(session, letter, party, people[party])
    assert LETTER.standing(session, letter).is_complete


def test_signed_twice_it_is_one_signature(session, people):
    letter, mentor = Letter(), people[Party.MENTOR]
    assert sign(session, letter, Party.MENTOR, mentor) is sign(session, letter, Party.MENTOR, mentor)


def test_another_person_is_told_who_has_signed_in_her_part(session, build, people):
    letter = Letter()
    sign(session, letter, Party.ACADEMIC_SUPERVISOR, people[Party.ACADEMIC_SUPERVISOR])
    with pytest.raises(Overtaken, match=people[Party.ACADEMIC_SUPERVISOR].name):
        sign(session, letter, Party.ACADEMIC_SUPERVISOR, build.person(Role.ACADEMIC_SUPERVISOR))


def test_nobody_signs_in_two_parts(session, people):
    letter, mentor = Letter(), people[Party.MENTOR]
    sign(session, letter, Party.MENTOR, mentor)
    with pytest.raises(Refused, match="in another part"):
        sign(session, letter, Party.ACADEMIC_SUPERVISOR, mentor)


def test_what_was_changed_while_it_was_read_is_not_signed(session, people):
    letter = Letter()
    seen = LETTER.digest_of(letter)
    letter.words = ["second"]
    with pytest.raises(Overtaken, match="changed while you read it"):
        LETTERS.sign(session, letter, Party.MENTOR, people[Party.MENTOR], NOW, seen=seen)


def test_who_has_no_part_in_it_and_what_is_still_written_is_not_signed(session, people):
    with pytest.raises(Refused):
        sign(session, Letter(), Party.COORDINATOR, people[Party.MENTOR])
    with pytest.raises(Overtaken, match="a draft by now"):
        sign(session, Letter(state=State.DRAFT), Party.MENTOR, people[Party.MENTOR])


def test_a_signature_stands_only_while_the_content_is_what_was_signed_though_nobody_voided_it(session, people):
    letter = Letter()
    signature = sign(session, letter, Party.MENTOR, people[Party.MENTOR])
    letter.words = ["changed by no deed"]
    standing = LETTER.standing(session, letter)
    assert not standing.signatures
    assert standing.past == [signature]
    again = sign(session, letter, Party.MENTOR, people[Party.MENTOR])
    assert stand(session, letter) == {Party.MENTOR}
    assert again is not signature
    assert (signature.voided_because, signature.voided_by_name) == (CHANGED, "The service")


def test_a_move_voids_the_signatures_of_the_parts_that_its_table_names(session, people):
    letter = Letter()
    for party in SIGNERS:
        sign(session, letter, party, people[party])
    LETTERS.move(session, letter, MENDED, Party.LEARNER, people[Party.LEARNER], NOW)
    assert stand(session, letter) == {Party.LEARNER, Party.ACADEMIC_SUPERVISOR}
    before = LETTER.standing(session, letter)
    LETTERS.move(session, letter, REOPENED, Party.LEARNER, people[Party.LEARNER], NOW, reason=" more hours ")
    assert signers_to_tell(session, before, people[Party.LEARNER]) == [people[Party.ACADEMIC_SUPERVISOR]]
    assert stand(session, letter) == set()
    assert letter.revision == 3
    past = LETTER.standing(session, letter).past
    assert [one.voided_because for one in past] == ["more hours", CHANGED, "more hours"]


def test_what_was_signed_is_never_changed_or_removed_and_a_voided_signature_does_not_come_back(session, people):
    letter, learner = Letter(), people[Party.LEARNER]
    signature = sign(session, letter, Party.LEARNER, learner)
    session.commit()
    for spoil in (
        lambda: setattr(signature, "signer_name", "Another"),
        lambda: setattr(signature.signed, "content", "{}"),
        lambda: session.delete(signature),
        lambda: session.delete(signature.signed),
    ):
        spoil()
        with pytest.raises(ValueError, match=r"never changed|of a signature nothing"):
            session.flush()
        session.rollback()
    LETTERS.move(session, letter, MENDED, Party.LEARNER, learner, NOW)
    LETTERS.move(session, letter, REOPENED, Party.LEARNER, learner, NOW, reason="so")
    session.commit()
    signature.voided_at = None
    with pytest.raises(ValueError, match="once"):
        session.flush()
    session.rollback()


def test_the_database_keeps_two_from_signing_in_one_part(session, build, people):
    letter = Letter()
    sign(session, letter, Party.MENTOR, people[Party.MENTOR])
    LETTERS.signature_under(session, letter, LETTER.digest_of(letter), Party.MENTOR, build.person(), NOW)
    with pytest.raises(IntegrityError):
        session.flush()


def test_many_are_asked_in_one_query(session, people, queries):
    letters = [Letter(id=number) for number in range(1, 8)]
    for letter in letters:
        sign(session, letter, Party.MENTOR, people[Party.MENTOR])
    session.commit()
    session.expunge_all()
    with queries() as statements:
        found = LETTER.standings(session, letters)
    assert len([one for one in statements if "FROM signatures" in one]) == 1
    assert all(set(one.signatures) == {Party.MENTOR} for one in found.values())


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_one_content_has_one_text_from_which_it_can_be_read(content: Any) -> None:
    assert json.loads(canonical_text({"b": content, "a": 1})) == {"a": 1, "b": content}
    assert canonical_text({"b": content, "a": 1}) == canonical_text({"a": 1, "b": content})


@pytest.mark.parametrize("vague", [1.5, date(2026, 3, 3), {1: "one"}, [{"when": NOW}]])
def test_what_could_be_written_in_several_ways_is_refused(vague):
    with pytest.raises(TypeError):
        canonical_text(vague)


def test_a_table_that_names_no_move_is_refused():
    with pytest.raises(ValueError, match="no move"):
        SignedLifecycle(LETTER, [], signed_in=State.OPEN, voids={"burnt a letter": SIGNERS})


@pytest.fixture(scope="module")
def ground() -> Engine:
    """A database of its own in memory, in which each walk begins a transaction and undoes it."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    return engine


STEPS = st.one_of(
    st.tuples(st.just("sign"), st.sampled_from(SIGNERS)),
    st.tuples(st.sampled_from([GAVE, REOPENED, MENDED]), st.sampled_from(SIGNERS)),
    st.tuples(st.just("edit"), st.sampled_from(["first", "second", "third"])),
)


@given(st.lists(STEPS, max_size=25))
def test_whatever_is_signed_edited_and_voided_in_whatever_order(ground: Engine, steps: Sequence[Any]) -> None:
    """What stands is what was signed last in each part, not voided since, and still says the same."""
    letter, made = Letter(), 0
    expected: dict[Party, tuple[str, ...]] = {}  # of each part: the content under the signature that nobody has voided
    with Session(ground) as session:
        people = {party: Person(name=party.value, email=party.value, created_at=NOW) for party in SIGNERS}
        session.add_all(people.values())
        session.flush()
        for deed, what in steps:
            now_says, revision = tuple(letter.words), letter.revision
            if deed == "edit":
                letter.words = [what]
            elif deed == "sign":
                if expected.get(what) == now_says:
                    sign(session, letter, what, people[what])
                elif letter.state is State.OPEN:
                    sign(session, letter, what, people[what])
                    expected[what], made = now_says, made + 1
            elif LETTERS.can(deed, letter.state, what):
                LETTERS.move(session, letter, deed, what, people[what], NOW, reason="so")
                for party in LETTERS.voids.get(deed, ()):
                    expected.pop(party, None)
                assert letter.revision == revision + (deed in LETTERS.voids)
            says = tuple(letter.words)
            assert stand(session, letter) == {party for party, under in expected.items() if under == says}
            rows = session.scalars(select(Signature)).all()
            assert len(rows) == made
            assert all(digest_of(one.signed.content) == one.digest for one in rows)
        session.rollback()
