"""Other formats in and out: tables for programs, and workbooks that services fill in."""
