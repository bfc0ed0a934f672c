"""Who can be asked: models.yaml, providers, prices, and where a model's file is."""
