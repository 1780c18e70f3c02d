"""The whole record of a placement to take away: a page to print, a PDF, a workbook and a list of lines."""
