"""Who has the skills: frameworks, people's answers, and what they come to."""
