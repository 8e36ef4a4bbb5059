"""What every room may use: errors, English, texts with lines, periods, figures, hours, places."""
