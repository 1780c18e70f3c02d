"""A mentor names somebody who stands in for her on a placement, from day to day."""
