"""Trees of files: one file for each way to reach one."""
