"""What holders spend of their bursaries, noted sum by sum, and the return that adds it up."""
