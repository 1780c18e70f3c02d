"""The record of a placement as a file that its learner takes away, and that anybody can check without an account."""
