"""A data subject: where their data lie, and what they may ask (chapter III GDPR)."""
