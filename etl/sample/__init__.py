"""Made-up reports of a made-up country with known truth: for measuring accuracy, for benches and for demonstrations.

Nothing here knows how reports are read: layouts follow what converters and content systems really write.
"""
