"""Seventy fictitious studies over the thirty research specialties; no real trial is among them."""

from app.demo.studies import acute_care, body_senses, cancer_blood, gut_kidney, heart_brain, mind_family
from app.demo.studies.record import DemoStudy

_BY_FIELD = (
    *heart_brain.STUDIES,
    *cancer_blood.STUDIES,
    *gut_kidney.STUDIES,
    *acute_care.STUDIES,
    *mind_family.STUDIES,
    *body_senses.STUDIES,
)

STUDIES: tuple[DemoStudy, ...] = tuple(sorted(_BY_FIELD, key=lambda study: study.cpms_id))
