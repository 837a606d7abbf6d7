//! Properties and examples of the whole extractor.
