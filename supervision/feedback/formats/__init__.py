"""File formats of feedback: `saetninger_csv` reads sentences and writes where each of them stands."""
