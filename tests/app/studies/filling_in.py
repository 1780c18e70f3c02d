"""Days as a form sends them."""


def day(field, date):
    return {f"{field}-day": str(date.day), f"{field}-month": str(date.month), f"{field}-year": str(date.year)}
