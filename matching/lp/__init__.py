"""Linear relaxations: HiGHS models, Lagrangian bounds, column generation and whole-number duals."""
