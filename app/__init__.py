"""What the program needs around the stacks: the machine, its output, its errors."""
