"""A mentor's openings on studies."""
