"""Feedback: iagttagelse and oplevelse first; fortolkning and gode råd only when asked for."""
