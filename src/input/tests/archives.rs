//! Whole archives as they are published, where they lie beside the checkout.

use std::collections::BTreeMap;
use std::path::Path;

use super::*;

/// Articles, empty records and rejects of an archive.
fn count(path: &str, options: &FieldOptions) -> Option<(usize, usize, BTreeMap<String, usize>)> {
    let path = Path::new("../shared/data/archives").join(path);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    let plan = plan(&[path], &PlanOptions::default()).expect("a plan");
    let (mut articles, mut empty, mut rejects) = (0, 0, BTreeMap::new());
    for item in plan
        .files
        .iter()
        .flat_map(|file| open(file, Limits::default()))
    {
        match item.map(|raw| article(&raw, options)) {
            Ok(Ok(_)) => articles += 1,
            Ok(Err(Refusal::Empty | Refusal::NoPage(_) | Refusal::NotRead(_))) => empty += 1,
            Ok(Err(Refusal::Reject(reject))) | Err(reject) => {
                *rejects.entry(reject.code.to_string()).or_insert(0) += 1;
            }
        }
    }
    Some((articles, empty, rejects))
}

#[test]
fn every_record_of_reuters_is_an_article_or_empty() {
    if let Some(counts) = count("reuters21578/json-data", &FieldOptions::default()) {
        assert_eq!(counts, (19_043, 2_535, BTreeMap::new()));
    }
}

#[test]
fn every_file_of_worldwide_is_an_article() {
    if let Some((articles, ..)) = count("worldwide", &FieldOptions::default()) {
        assert_eq!(articles, 745);
    }
}
