"""Words about rounds that several features say: what their policies mean, and which groups are too small."""
