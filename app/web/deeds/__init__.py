"""What every deed of a page shares: it is done once, rests on what was seen, and is told when it is done."""
