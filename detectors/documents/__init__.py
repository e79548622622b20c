"""What kind of document a part is: a CV, an application, a certificate, a report."""
