"""What every test may ask for by name."""

# In this order: `makers` builds on `postgres`, and a module imported before it is registered is not rewritten.
# A support file stands after those it imports.
pytest_plugins = [
    "tests.support.browser",
    "tests.support.postgres",
    "tests.support.own_postgres",
    "tests.support.smtp",
    "tests.support.makers",
]
