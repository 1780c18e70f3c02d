"""How much a version holds at most, in a file and on pages alike."""

TITLE_MAX = 200
WORDS_MAX = 2000
NAME_MAX = 80
CREDITS_MAX = 60
PARTS_MAX = 12
MODULES_MAX = 30  # of a part
ADDRESS = "https://"
