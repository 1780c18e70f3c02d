"""Tools that press the service for as long as somebody likes; the tests run short forms of them."""
