"""What the placed learners of the demo wrote down: hours by category, and what was talked about in sessions."""

from app.models.hours import HoursCategory

HOURS = (
    (
        HoursCategory.WORKPLACE,
        210,
        "Sat in on three consent conversations and filed the consent forms in the site file.",
    ),
    (
        HoursCategory.SELF_DIRECTED,
        90,
        "Read the protocol and the investigator brochure; listed questions for the next session.",
    ),
    (
        HoursCategory.WORKPLACE,
        240,
        "Went through the screening log with the research nurse and checked eligibility for two clinics.",
    ),
    (HoursCategory.TEACHING, 120, "Webinar on good clinical practice and on what the delegation log is for."),
    (
        HoursCategory.WORKPLACE,
        180,
        "Answered data queries in the case report forms; learnt why a missing date matters.",
    ),
    (HoursCategory.ASSIGNMENTS, 150, "Drafted the first part of the reflective assignment on informed consent."),
    (
        HoursCategory.WORKPLACE,
        270,
        "Helped to set up the visit schedule and phoned participants to confirm their follow-up.",
    ),
    (HoursCategory.SELF_DIRECTED, 60, "Compared two published protocols in the same field."),
    (
        HoursCategory.WORKPLACE,
        225,
        "Attended the monitoring visit and wrote the list of actions with the trial coordinator.",
    ),
    (HoursCategory.WORKPLACE, 195, "Presented the study at the ward meeting and answered questions of the team."),
    (HoursCategory.ASSIGNMENTS, 180, "Finished the critical appraisal and sent it to the academic supervisor."),
    (HoursCategory.WORKPLACE, 240, "Took part in a recruitment clinic under observation; two people agreed to join."),
)
MEETINGS = (
    (
        "Welcome, aims of the placement, and who is who in the research team.",
        "Read the protocol before the next session",
    ),
    ("What a valid consent conversation needs; notes on the one that was observed.", "Observe two more consent visits"),
    (
        "Screening and eligibility: three borderline cases and how they were decided.",
        "Complete the good clinical practice refresher",
    ),
    ("Data queries and source data; what the monitor looks at.", "Prepare a short talk for the ward meeting"),
    ("Progress against the aims; plan for the second half of the placement.", "Draft an outline of the assignment"),
)
