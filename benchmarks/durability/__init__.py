"""No tick that was answered for is lost or doubled when the server is killed."""
