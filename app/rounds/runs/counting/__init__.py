"""What a run comes to in numbers, for everybody and for each group: worked out when it ends."""
