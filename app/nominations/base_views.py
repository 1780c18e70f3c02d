"""What the pages of nominations share: their blueprint."""

from flask import Blueprint

blueprint = Blueprint("nominations", __name__)
