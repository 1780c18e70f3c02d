"""People whom learners excluded by a name that a mentor of the round may have: is it the same person?"""
