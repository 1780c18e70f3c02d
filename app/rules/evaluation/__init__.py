"""When what was asked in an academic year is told, and what is asked when: rules of the evaluation."""
