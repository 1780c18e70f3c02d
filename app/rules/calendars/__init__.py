"""What a person's own calendar is told of her dates here."""
