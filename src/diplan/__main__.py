"""`python -m diplan`: the same program as the command `diplan`."""

from diplan.cli import main

main()
