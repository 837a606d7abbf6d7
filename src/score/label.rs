//! What foreign labels are called here.
//!
//! A label may name alternatives (`GPE|LOC`: either is right) and parts that fit no type (`?X`). A label
//! with such a part is masked: whether the system should have found it cannot be known.

use std::collections::HashMap;

/// From the labels of a source to the types that are compared. Each alternative is looked up once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelMap(HashMap<String, String>);

impl LabelMap {
    /// The project's own table, `data/labels.csv`.
    pub fn standard() -> Self {
        let mut reader = csv::Reader::from_reader(include_bytes!("data/labels.csv").as_slice());
        Self(
            reader
                .records()
                .flatten()
                .filter_map(|row| Some((row.get(0)?.to_owned(), row.get(1)?.to_owned())))
                .collect(),
        )
    }

    /// The standard table with these `FROM=TO` laid over it; `none` empties what came before.
    ///
    /// # Errors
    /// A part that is neither `none` nor `FROM=TO`.
    pub fn with(rules: &[String]) -> Result<Self, String> {
        let mut map = Self::standard();
        for rule in rules {
            match rule.split_once('=') {
                None if rule == "none" => map.0.clear(),
                Some((from, to)) if !from.is_empty() && !to.is_empty() => {
                    map.0.insert(from.to_owned(), to.to_owned());
                }
                _ => {
                    return Err(format!(
                        "--map {rule}: give FROM=TO (`GPE=LOC`; `LAW=?LAW` masks it), or `none` for no map"
                    ));
                }
            }
        }
        Ok(map)
    }

    /// The types that a label stands for, in the order written, and whether it is masked.
    pub fn read(&self, label: &str) -> (Vec<String>, bool) {
        let (mut types, mut masked) = (Vec::new(), false);
        for part in label.split('|') {
            let part = self.0.get(part).map_or(part, String::as_str);
            if part.starts_with('?') || part.is_empty() {
                masked = true;
            } else if !types.iter().any(|known| known == part) {
                types.push(part.to_owned());
            }
        }
        (types, masked)
    }
}
