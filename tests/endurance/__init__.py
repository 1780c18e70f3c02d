"""Long trials that anyone can run for longer; shorter forms of them are among the tests."""
