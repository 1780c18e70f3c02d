"""The whole record of a placement as one plain structure: what pages, files and whoever signs it are made from."""
