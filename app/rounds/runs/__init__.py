"""Solves of a round: started, watched and looked at."""
