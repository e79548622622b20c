"""Special categories and criminal data: Articles 9 and 10 GDPR."""
