//! Written calendar dates (stub: helper fills).
