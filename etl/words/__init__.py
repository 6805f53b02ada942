"""What the problem statements say: words, phrases, themes, text reuse."""
