"""How a run went: verdict, exit code, report."""
