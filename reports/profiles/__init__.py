"""The record of processing activities in the forms that authorities publish."""
