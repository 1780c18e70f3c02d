"""Supervisors whom learners find themselves: proposed, confirmed by a link, verified by a coordinator."""
