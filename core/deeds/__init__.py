"""What is done: one noun a file, functions alike for talk, a desk, the clock and an import.

A deed is given a `Work` and rows; it asks its rules, moves rows, leaves a line in the log, schedules, and touches the
posts that show what changed. It says nothing and knows no word: it returns an `Outcome`, or a `Refusal`.
"""
