"""Documents that leave: brief, mails, calendar, diagram, the bundle of all, the close-down list.

Stands on workbook and below. Start with `bundle`.
"""
