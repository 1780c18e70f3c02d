"""Reviews: a person looks again at what a round decided for one learner, because she asked."""
