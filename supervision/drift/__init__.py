"""What runs the product needs to know and may know: health, figures of its running, and logs. Nothing about people."""
