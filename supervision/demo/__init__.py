"""The demo: invented people and a year of their life, made through the features' own actions."""
