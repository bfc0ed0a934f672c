"""What draws: plans of pictures, and the sheet that they are drawn on."""
