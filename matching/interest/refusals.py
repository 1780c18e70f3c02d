"""Finds what a learner says that she does not want, clause by clause."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# What looks like a refusal and is none. Blotted out before anything is looked for.
NO_REFUSAL = re.compile(
    r"""
    \bnot\s+(?:only|just|merely|simply|solely|exclusively|least|limited\s+to|restricted\s+to|averse\s+to|against
        |sure|certain|necessarily|yet|decided|fussy|picky|opposed\s+to)\b
    | \bnothing\s+(?:against|but)\b
    | (?:\bnot|n't|\bnever)\s+(?:mind|matter|know|wait|rule\s+out)\b | \b(?:cannot|can't)\s+wait\b
    | (?:\bnot|n't)\s+(?:want|like|wish|need|have)\s+to\s+(?:miss|avoid|exclude|rule\s+out|skip)\b
    | \bno\s+(?:particular\s+|strong\s+|real\s+|fixed\s+|previous\s+|prior\s+|great\s+)*
        (?:preference|preferences|matter|doubt|doubts|idea|problem|problems|objection|objections|experience|knowledge
        |background|limit|limits|restriction|restrictions|one|difference|longer)\b(?!\s+interested)
    | (?:\bnot|n't|\bnothing|\bnever|\bno)\b[^.;:!?]{0,40}?\b(?:other\s+than|except(?:\s+for)?|apart\s+from|but\s+for)\b
    | (?:\bnot|n't)\s+(?:\w+\s+){0,4}(?:anything|nothing)\s+but\b
    | \bwhether\b[^.;:!?]*?\bor\s+not\b | \bwhy\s+not\b
    """,
    re.VERBOSE,
)

ANSWERED_NO = re.compile(r"[?:](?=\s*no\b(?:,?\s*thank(?:s|\s+you))?\s*(?:[.!;]|$))")  # "Cancer? No."

VERY = (
    r"(?:(?:really|particularly|especially|very|at\s+all|that|so|too|much|quite|actually|currently|all|terribly|be)"
    r"\s+)*"
)
I_DO = (
    r"\b(?:i|we)(?:'d|'m|'ll|'ve)?\s+"
    r"(?:(?:really|just|also|personally|definitely|certainly|still|am|are|would|do|did|will|could|have)\s*)*"
)
OPENS = r"(?:^|[,(/]|\s[-–—]|\b(?:but|and|so|please|just|though|ideally|preferably|definitely|certainly|absolutely))\s*"
NOT = r"(?:\bnot|n't|\bnever|\bno\s+longer)\s+"
OF = (
    r"(?:\s+(?:in|on|with|at|about|into|for|by|to|work|working|be|do|doing|see|join|have|take|go|any|anything|more"
    r"|again))*\b"
)

# After these the refused is a list that commas go on with.
WANTS_NOT = (
    rf"(?:{NOT}|\bneither\s+|\bleast\s+|\bless\s+|\bun){VERY}(?:interested|keen|attracted|drawn|passionate|enthusiastic){OF}",
    rf"{NOT}have\s+(?:any|much|an|a)\s+(?:\w+\s+)?interest{OF}",
    rf"\b(?:no|little|zero)\s+(?:\w+\s+)?(?:interest|wish|desire|appetite|enthusiasm)\s+(?:in|for|to){OF}",
    rf"(?:{I_DO}|{OPENS}(?:do|would|am|will)?\s*){NOT}{VERY}"
    rf"(?:want|wish|like|love|enjoy|fancy|care\s+(?:for|about)|go\s+(?:for|near|into)|choose|accept|consider|see\s+myself){OF}",
    rf"\b(?:rather|prefer)\s+not\b{OF}|\b(?:great|good|nice|best|glad|happy|like|want|hope)\s+not\s+to\b{OF}",
    r"\b(?:nothing|anything|not|no)\s+to\s+do\s+with\b",
    r"\bnothing\s+(?:about|on|with|in|around|involving|like|related\s+to)\b",
    rf"(?:^|\bi(?:'d)?\s+(?:\w+\s+)?|\b(?:but|please|rather|must|(?:like|want|prefer|wish|hope|hoping|need|try|trying)\s+to)\s+)avoid(?:ing)?\b{OF}"
    r"|,\s*avoid(?:ing)?\s+(?:any|anything|studies|trials|research|topics|work)\b",
    r"\bi\s+(?:really\s+)?(?:hate|dislike|loathe|detest)\b|\bcan(?:no|')t\s+(?:stand|bear|face)\b",
    r"\bi(?:'m|'ve|\s+am|\s+have)\s+(?:\w+\s+)?(?:fed\s+up|tired|sick|bored|weary|had\s+enough)\s+(?:of|with|by)\b",
    r"\b(?:keep|stay|steer|get|move|keeping|staying)\s+(?:me\s+)?(?:away\s+from|clear\s+of|out\s+of)\b",
)
# After these a comma ends it, unless "or" or "and" shows that the list goes on.
BUT_FOR = (
    r"\bexcept(?:ing)?(?:\s+for)?\b|\bexclud(?:e|ing)\b|\b(?:apart|aside)\s+from\b|\bother\s+than\b"
    r"|\b(?:leave|leaving)\s+out\b|\bnor\b|\bneither\b",
    r"\b(?:anything|everything|all|any\s+\w+|whatever)\s+but\b(?!\s+(?:i|especially|preferably|mainly)\b)",
    r"(?:\bi\b|\bprefer|\blike|\bwant|\blove|\brather)[^.;]*?\b(?:rather\s+than|instead\s+of|as\s+opposed\s+to)\b",
    r"\brather\s+(?:\w+\s+)+?than\b",
    rf"{OPENS}(?:not|no(?!\s+longer)|never)\b{OF}",
    r"\b(?:anything|something|studies|study|trials|research)\s+without\b",
)
# Before these: "cancer is not for me".
NOT_FOR_ME = (
    rf"(?:\b(?:is|are|was|were|do|does|would|will)\s*|'s\s+)(?:not|n't|never)\s+{VERY}"
    r"(?:for\s+me|my\s+(?:thing|cup\s+of\s+tea|field|interest|area)|interest(?:s|ing)?\b|of\s+interest|appeal|suit"
    r"|what\s+i|something\s+i|attract|excite|welcome)",
    r"\bno,?\s+thank(?:s|\s+you)\b|,\s*no\s*$|\bnot\s+for\s+me\b|\bnot\s+my\s+thing\b",
    r"\b(?:bores?\s+me|leaves?\s+me\s+cold|puts?\s+me\s+off)\b",
    r"\b(?:is|are|do|does)\s*(?:not|n't)\s*$",
)
FORWARD = [(re.compile(cue), True) for cue in WANTS_NOT] + [(re.compile(cue), False) for cue in BUT_FOR]
BACKWARD = [re.compile(cue) for cue in NOT_FOR_ME]

SENTENCE = re.compile(r"(?:[^.;:!?|\n]|(?<=\d)[.:](?=\d)|\n(?!\s*(?:\n|[-*•])))+")
TURN = re.compile(
    r"""\b(?:but|however|though|although|yet|instead|whereas|while|otherwise|rather|preferably|ideally|especially
    |mainly|mostly|particularly|please|thanks|only|unless|except|so|would|want|prefer|love|like|hope|keen|happy|interested
    |interests|i|i'd|i'm|i've|i'll|we|because|since|as\s+i|as\s+we)\b | [()] | \s[-–—]\s""",
    re.VERBOSE,
)
REASON = re.compile(r"\b(?:because|since|as\s+i|as\s+we)\b")
GOES_ON = re.compile(r"\b(?:or|and|nor)\b")
POSITIVE = re.compile(r"\b(?:like|love|enjoy|want|keen|great|interests?|interested|prefer|happy|good|fine)\b")
JOINT = re.compile(r",|\b(?:and|but|while|whereas|although|though|however)\b")


class Span(NamedTuple):
    """A stretch of a wish: refused, or said only to give the reason."""

    start: int
    end: int
    is_refused: bool

    def touches(self, start: int, end: int) -> bool:
        return start < self.end and self.start < end


def refusals(wish: str) -> list[Span]:
    """The stretches of a learner's words that name what she does not want, with the reasons that she gives for it.

    A refusal goes from its word to the end of the clause: a full stop, colon or bracket, a "but", or words that begin
    to ask again. "Not only", "no preference" and "people who cannot sleep" are none.
    """
    plain = wish.lower().replace("’", "'")
    if len(plain) != len(wish):  # a letter that is longer in small: places would no longer agree
        plain = "".join(small if len(small := letter.lower()) == 1 else letter for letter in wish).replace("’", "'")
    plain = ANSWERED_NO.sub(",", plain)
    plain = NO_REFUSAL.sub(lambda found: "~" * len(found[0]), plain)
    return [span for sentence in SENTENCE.finditer(plain) for span in _in_sentence(sentence[0], sentence.start())]


def _in_sentence(sentence: str, at: int) -> Iterator[Span]:
    for cue, keeps_on in FORWARD:
        for found in cue.finditer(sentence):
            end = _end_of_list(sentence, found.end(), keeps_on)
            yield Span(at + found.end(), at + end, is_refused=True)
            yield from _reason(sentence, end, at)
    for cue in BACKWARD:
        for found in cue.finditer(sentence):
            yield Span(at + _start_of_clause(sentence, found.start()), at + found.start(), is_refused=True)


def _end_of_list(sentence: str, start: int, keeps_on: bool) -> int:
    turn = TURN.search(sentence, start)
    end = turn.start() if turn else len(sentence)
    comma = sentence.find(",", start, end)
    if keeps_on or comma < 0 or GOES_ON.search(sentence, comma, end):
        return end
    return comma


def _reason(sentence: str, end: int, at: int) -> Iterator[Span]:
    if REASON.match(sentence, end):
        turn = re.search(r"\bbut\b", sentence[end:])
        yield Span(at + end, at + (end + turn.start() if turn else len(sentence)), is_refused=False)


def _start_of_clause(sentence: str, end: int) -> int:
    """After the last joint with something wanted before it, for "stroke interests me, cancer does not"."""
    joints = [joint for joint in JOINT.finditer(sentence, 0, end) if POSITIVE.search(sentence, 0, joint.start())]
    return joints[-1].end() if joints else 0
