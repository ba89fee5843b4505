"""What the history of the seats shows: a timeline, who has served and who never, where power concentrates."""
