"""What is said of one thing, in whole sentences: who is away, 请假, a roll, hours, danger. Pure, as all reading is.

Each file is read by the conversation that is about it, and has its words beside it. What all sentences are made of is
`core.reading`'s; what only one feature hears, in that feature's folder.
"""
