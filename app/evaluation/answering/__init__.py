"""People are asked when it is time, and answer or would rather not; by a link of a mail where they have left."""
