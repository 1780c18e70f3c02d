"""Who has a place and ranked a free one higher, where the round says that learners can move up."""
