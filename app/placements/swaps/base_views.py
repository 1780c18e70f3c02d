"""What the pages of swaps share: their blueprint."""

from flask import Blueprint

blueprint = Blueprint("swaps", __name__)
