"""Every network, held to one contract; and what is particular to each."""
