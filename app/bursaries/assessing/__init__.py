"""Named assessors score the applications of a call, and declare where they have an interest."""
