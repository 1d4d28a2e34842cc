"""What every test may ask for by name."""

pytest_plugins = ["tests.support.browser", "tests.support.makers", "tests.support.postgres", "tests.support.smtp"]
