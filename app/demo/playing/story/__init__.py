"""What happens in the demo around its rounds: answers, a clearing turn, mentors who leave, named supervisors."""
