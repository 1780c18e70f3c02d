"""How many learners a round must give a mentor, as the coordinators of her networks have promised her."""
