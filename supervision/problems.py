"""What can go wrong in the profession's own terms; knows nothing of the web."""

from __future__ import annotations


class Problem(Exception):
    """A problem with a Danish text that says what happened and what to do."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class NotFound(Problem):
    """There is no such thing, or the viewer may not know that there is."""

    def __init__(self, text: str = "Siden findes ikke.") -> None:
        super().__init__(text)


class NotAllowed(Problem):
    """The viewer may not do this. Shown as NotFound, so that nothing is given away."""

    def __init__(self, text: str = "Siden findes ikke.") -> None:
        super().__init__(text)


class RuleBroken(Problem):
    """A rule of the profession forbids the act. `field` names the form field when there is one."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field


class Unreadable(RuleBroken):
    """What was sent is not what is read here: no JSON, another shape, or a key that nobody knows."""


class SettingsProblem(Problem):
    """The installation is set up in a way that cannot work."""


class TooManyTries(RuleBroken):
    """Somebody has to wait before they try again. wait_s: how long; None when waiting does not help."""

    def __init__(self, text: str, wait_s: int | None = None) -> None:
        super().__init__(text)
        self.wait_s = wait_s
