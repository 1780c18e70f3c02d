"""The demo: content is what is written, world is made of it, playing puts it into a database, a command does all."""
