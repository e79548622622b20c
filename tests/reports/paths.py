"""Paths that a report must survive: hostile, long, and no text."""

HOSTILE_PATH = 'archive/=cmd()|"calc"\n<script>alert(1)</script>/\u202egpj.cv_😀_קורות_חיים.pdf'
LONG_PATH = "home/" + "very-long-folder-name-without-any-space/" * 9 + "cv (final) (2).docx"
SURROGATE_PATH = "old/raportti_\udce4.doc"
