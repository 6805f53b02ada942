"""What the commands of `nianbao` do and print."""
