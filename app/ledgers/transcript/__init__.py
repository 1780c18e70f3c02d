"""What a learner has achieved at universities, as a paper: to print, and to keep as a file."""
