"""The steps. One that was released is never changed: catalogs were written by it."""
