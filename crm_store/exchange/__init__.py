"""The exchange: the store's customers, deals and all the rest as tables of a spreadsheet.

Each noun's file says which columns it has, how a row becomes what the store keeps, and how
that becomes a row again. `importing` and `exporting` are the two doors.
"""
