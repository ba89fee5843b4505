"""What is well and what is not, in plain sentences: facts are measured, findings follow from facts alone."""
