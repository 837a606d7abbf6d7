//! What a model's label names mean here.
//!
//! A name is a scheme's letter and a type (`B-PER`, `S_GPE`), or a type alone. The types of CoNLL and OntoNotes are known
//! (`data/entity_types.csv`); a file of the same form lays others over them. Nothing is guessed: a type that no line
//! names is an error, because a model's names would else be lost without a word.

use std::collections::{BTreeMap, HashMap};

use super::{EntityType, Label, LabelSet};

/// From a model's names to ours: a type, `O`, or one of them with a scheme's letter; keys in upper case.
#[derive(Clone, Debug)]
pub struct LabelNames(HashMap<String, String>);

/// Where in a name a word stands, as labels write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Begin,
    Inside,
    End,
    Single,
}

/// A name of `id2label`, read. None is no name.
type Read<'a> = Option<(Place, &'a str, EntityType)>;

impl LabelNames {
    /// The project's own table.
    pub fn standard() -> Self {
        let mut names = Self(HashMap::new());
        // The table is tested to be readable.
        let _ = names.lay(include_bytes!("data/entity_types.csv"));
        names
    }

    /// The same with a table laid over it: lines `NAME,TYPE` after a heading `name,type`. TYPE is one of the record's, `O` for
    /// what is no name, or either with a scheme's letter (`LABEL_1,B-PERSON`).
    ///
    /// # Errors
    /// The line that cannot be read, and why.
    pub fn with(table: &[u8]) -> Result<Self, String> {
        let mut names = Self::standard();
        names.lay(table)?;
        Ok(names)
    }

    fn lay(&mut self, table: &[u8]) -> Result<(), String> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(table);
        let heading = reader.headers().map_err(|error| error.to_string())?;
        if (heading.get(0), heading.get(1)) != (Some("name"), Some("type")) {
            return Err("the first line must be `name,type`".to_owned());
        }
        for row in reader.records() {
            let row = row.map_err(|error| error.to_string())?;
            let line = row.position().map_or(0, csv::Position::line);
            let (name, kind) = (
                row.get(0).unwrap_or_default(),
                row.get(1).unwrap_or_default(),
            );
            let known = kind == "O"
                || EntityType::from_name(kind).is_some()
                || prefixed(kind).is_some_and(|(_, kind)| EntityType::from_name(kind).is_some());
            if name.is_empty() || !known {
                return Err(format!(
                    "line {line}: `{name},{kind}`: the type must be O or one of {}, perhaps after B-, I-, E- or S-",
                    EntityType::ALL.map(EntityType::as_str).join(", ")
                ));
            }
            self.0.insert(name.to_uppercase(), kind.to_owned());
        }
        Ok(())
    }

    /// The labels of `id2label` of a Hugging Face `config.json`, column by column.
    ///
    /// # Errors
    /// An id that is no number or out of sequence, a name whose type is not known, no `O`.
    pub fn read(&self, id2label: &BTreeMap<String, String>) -> Result<LabelSet, String> {
        let mut columns = vec![None; id2label.len()];
        for (id, name) in id2label {
            let column = id.parse::<usize>().ok();
            let slot = column
                .and_then(|column| columns.get_mut(column))
                .ok_or_else(|| format!("id2label has id `{id}`, which is out of sequence"))?;
            *slot = Some(self.read_name(name)?);
        }
        let columns: Option<Vec<Read<'_>>> = columns.into_iter().collect();
        let columns = columns.ok_or("id2label names an id twice")?;
        let scheme = Scheme::of(&columns);
        LabelSet::new(columns.into_iter().map(|column| scheme.label(column)))
    }

    fn read_name<'a>(&'a self, name: &'a str) -> Result<Read<'a>, String> {
        if let Some(meant) = self.0.get(&name.to_uppercase()) {
            let (place, kind) = prefixed(meant).unwrap_or((Place::Inside, meant));
            return Ok(EntityType::from_name(kind).map(|meant| (place, kind, meant)));
        }
        if name == "O" {
            return Ok(None);
        }
        let (place, kind) = prefixed(name).unwrap_or((Place::Inside, name));
        let meant = self.0.get(&kind.to_uppercase()).ok_or_else(|| {
            format!(
                "id2label has `{name}`, which is no label of a known type; say what it is with --label-map FILE: after a \
                 line `name,type` one like `{kind},ORG`, or `{kind},O` for what is no name"
            )
        })?;
        // In a table a type alone is meant for all its places.
        let meant = prefixed(meant).map_or(meant.as_str(), |(_, kind)| kind);
        Ok(EntityType::from_name(meant).map(|meant| (place, kind, meant)))
    }
}

/// The scheme's letter and the rest of a label.
fn prefixed(name: &str) -> Option<(Place, &str)> {
    let place = match name.as_bytes().first()? {
        b'B' => Place::Begin,
        b'I' | b'M' => Place::Inside,
        b'E' | b'L' => Place::End,
        b'S' | b'U' => Place::Single,
        _ => return None,
    };
    let rest = name.get(1..)?;
    let rest = rest.strip_prefix(['-', '_'])?;
    Some((place, rest))
}

/// How a model's labels fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Bio,
    /// Also IOB1, where B- only parts two names of one type.
    Io,
    Bioes,
}

impl Scheme {
    /// By which letters there are: E- and S- are BIOES alone; a type that has I- and no B- begins with I-.
    fn of(columns: &[Read<'_>]) -> Self {
        let mut named = columns.iter().flatten();
        if named.any(|(place, ..)| matches!(place, Place::End | Place::Single)) {
            return Self::Bioes;
        }
        let has = |wanted: Place, kind: &str| {
            let mut named = columns.iter().flatten();
            named.any(|(place, name, _)| *place == wanted && *name == kind)
        };
        let mut named = columns.iter().flatten();
        if named.any(|(place, name, _)| *place == Place::Inside && !has(Place::Begin, name)) {
            Self::Io
        } else {
            Self::Bio
        }
    }

    fn label(self, read: Read<'_>) -> Label {
        let Some((place, _, kind)) = read else {
            return Label::Outside;
        };
        match (self, place) {
            (Self::Bioes, Place::Begin) => Label::First(kind),
            (Self::Bioes, Place::Inside) => Label::Middle(kind),
            (_, Place::End) => Label::Last(kind),
            (_, Place::Single) => Label::Only(kind),
            (_, Place::Begin) => Label::Begin(kind),
            (Self::Bio, Place::Inside) => Label::Inside(kind),
            (Self::Io, Place::Inside) => Label::Any(kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EntityType::{Loc, Misc, Org, Person};
    use Label::{Any, Begin, First, Inside, Last, Middle, Only, Outside};

    fn read(names: &LabelNames, labels: &[&str]) -> Result<Vec<Label>, String> {
        let id2label = labels
            .iter()
            .enumerate()
            .map(|(id, name)| (id.to_string(), (*name).to_owned()))
            .collect();
        names.read(&id2label).map(|labels| labels.iter().collect())
    }

    #[test]
    fn the_table_is_readable() {
        let names = LabelNames::standard();
        assert_eq!(names.0.get("WORK_OF_ART").map(String::as_str), Some("MISC"));
        assert_eq!(names.0.get("CARDINAL").map(String::as_str), Some("O"));
    }

    #[test]
    fn schemes_are_told_by_their_letters() {
        let names = LabelNames::standard();
        for (labels, expected) in [
            (
                vec!["O", "B-PER", "I-PER"],
                vec![Outside, Begin(Person), Inside(Person)],
            ),
            // IOB1 has no B-PER where no two persons stood side by side.
            (
                vec!["B-LOC", "I-LOC", "I-PER", "O"],
                vec![Begin(Loc), Any(Loc), Any(Person), Outside],
            ),
            (
                vec!["O", "PER", "ORG"],
                vec![Outside, Any(Person), Any(Org)],
            ),
            (
                vec!["O", "B-ORG", "I-ORG", "E-ORG", "S-ORG"],
                vec![Outside, First(Org), Middle(Org), Last(Org), Only(Org)],
            ),
            (
                vec!["O", "B_ORG", "I_ORG", "L_ORG", "U_ORG"],
                vec![Outside, First(Org), Middle(Org), Last(Org), Only(Org)],
            ),
            // One label for two names, and none for amounts.
            (
                vec![
                    "O",
                    "B-GPE",
                    "I-GPE",
                    "B-LOC",
                    "I-LOC",
                    "B-LAW",
                    "I-LAW",
                    "B-CARDINAL",
                ],
                vec![Outside, Begin(Loc), Inside(Loc), Begin(Misc), Inside(Misc)],
            ),
        ] {
            assert_eq!(read(&names, &labels), Ok(expected), "{labels:?}");
        }
    }

    #[test]
    fn a_table_of_ones_own_goes_before() {
        let table =
            b"name,type\n# mine\nLABEL_0,O\nLABEL_1,B-PERSON\nLABEL_2,I-PERSON\nteam,ORG\nGPE,O\n";
        let names = LabelNames::with(table).expect("a table");
        assert_eq!(
            read(&names, &["LABEL_0", "LABEL_1", "LABEL_2"]),
            Ok(vec![Outside, Begin(Person), Inside(Person)])
        );
        assert_eq!(
            read(&names, &["O", "B-Team", "I-Team", "B-GPE"]),
            Ok(vec![Outside, Begin(Org), Inside(Org)])
        );
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let names = LabelNames::standard();
        for (labels, told) in [
            (vec!["O", "B-GENE"], "`B-GENE`"),
            (vec!["LABEL_0"], "`LABEL_0`"),
            (vec!["B-PER", "I-PER"], "no `O`"),
        ] {
            let error = read(&names, &labels).expect_err("refused");
            assert!(error.contains(told), "{error}");
        }
        for (table, told) in [
            (b"PER,PERSON\n".as_slice(), "name,type"),
            (b"name,type\nGENE,THING\n", "line 2"),
            (b"name,type\nGENE\n", "line 2"),
        ] {
            let error = LabelNames::with(table).expect_err("refused");
            assert!(error.contains(told), "{error}");
        }
    }
}
