"""`python -m tests.matrix.peer` installs the client of the tests."""

from tests.matrix.peer import install

install()
