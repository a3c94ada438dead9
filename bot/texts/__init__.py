"""Every sentence that the chat says, by who reads it. Question wording stands with its questionnaire."""
