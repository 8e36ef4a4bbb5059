"""What everything stands on: errors, English, texts with places, periods, figures, hours."""
