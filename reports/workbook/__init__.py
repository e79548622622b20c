"""The sheets of the workbook, as values."""
