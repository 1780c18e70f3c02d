"""What is said of a record that somebody checks: the verdict in a sentence, and what to do."""

from collections.abc import Mapping

from app.rules.sign_offs.issued import Standing
from app.signed_records.checking import Verdict

HEADINGS: Mapping[Verdict, str] = {
    Verdict.VALID: "This record is valid",
    Verdict.CHANGED: "This file is not as it was issued",
    Verdict.SUPERSEDED: "This record was replaced by a newer one",
    Verdict.REVOKED: "This record no longer stands",
    Verdict.PAPER: "This paper is as it was sealed here",
    Verdict.COMPROMISED: "The key of this file is not to be believed",
    Verdict.NOT_OURS: "This file was not issued here",
    Verdict.NOT_KNOWN: "This service does not know this record",
}
STANDINGS: Mapping[Standing, str] = {
    Standing.VALID: (
        "It is the newest record of its placement, and the sign-off on which it rests stands. Compare the file that "
        "you have: only that tells whether it is as it was issued."
    ),
    Standing.COMPROMISED: (
        "It was signed with a key that somebody else may have had by then. Do not rely on it. Ask whoever gave it to "
        "you for a newer one, which is signed with another key."
    ),
    Standing.SUPERSEDED: (
        "The record was corrected since, and a newer one was issued. Ask whoever gave it to you for the newest one."
    ),
    Standing.REVOKED: (
        "The sign-off on which it rests has ended since. Do not rely on it. Ask whoever gave it to you for a newer one."
    ),
}
WORDS: Mapping[Verdict, str] = {
    Verdict.VALID: (
        "What you gave is as it was issued, it is the newest record of its placement, and the sign-off on which it "
        "rests stands."
    ),
    Verdict.CHANGED: (
        "Something in it was changed, or got lost on its way. Do not rely on it. Ask whoever gave it to you to "
        "download it again."
    ),
    Verdict.SUPERSEDED: f"What you gave is as it was issued. {STANDINGS[Standing.SUPERSEDED]}",
    Verdict.REVOKED: f"What you gave is as it was issued. {STANDINGS[Standing.REVOKED]}",
    Verdict.PAPER: (
        "It is, byte for byte, a paper that this service sealed for the person whom it names. It says what was known "
        "here on that day."
    ),
    Verdict.COMPROMISED: (
        "It is signed with a key of this service that somebody else may have had, and is none of the files that are "
        "known to be older than that. Do not rely on it. Where you have the credential alone, check the whole ZIP "
        "file; else ask whoever gave it to you for a newer one."
    ),
    Verdict.NOT_OURS: (
        "It is signed with a key that is none of this service. Another service may have issued it: look for the "
        "address in the file, and check it there."
    ),
    Verdict.NOT_KNOWN: (
        "It is signed with a key of this service, but stands in none of its lists. Do not rely on it before you have "
        "asked the people who run this service."
    ),
}
