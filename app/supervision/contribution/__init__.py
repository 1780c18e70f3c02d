"""What a mentor has given, by year and by a period of her own, to print and to keep."""
