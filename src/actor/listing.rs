//! The book as one reads it: its actors with all their names, for lists and searches.

use super::book::{Alias, Entry, Tie};
use super::{Book, compose};
use jiff::civil::Date;

/// An actor of the book with everything that the book says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing<'b> {
    /// The slug.
    pub id: &'b str,
    /// The canonical name.
    pub name: &'b str,
    /// armed_group, police, person, ...
    pub kind: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'b str>,
    /// Wikidata id.
    pub qid: Option<&'b str>,
    /// Id of the actor of which this is a part.
    pub parent: Option<&'b str>,
    /// Since when it exists.
    pub from: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// Where the row is from.
    pub source: &'b str,
    /// Its names with their flags, as the book writes them.
    pub names: Vec<String>,
    /// The ids of its allies, with the dates of the tie.
    pub affiliates: Vec<String>,
    /// The ids of those that it became, with the dates.
    pub successors: Vec<String>,
    /// The offices that a person held, each with its dates.
    pub offices: Vec<String>,
}

fn written(alias: &Alias) -> String {
    let flags = alias.flags;
    let mut marks: Vec<String> = [
        (flags.case, "case"),
        (flags.word, "word"),
        (flags.ambiguous, "ambiguous"),
        (flags.cue, "cue"),
        (flags.weak, "weak"),
    ]
    .iter()
    .filter(|(set, _)| *set)
    .map(|(_, mark)| (*mark).to_owned())
    .collect();
    marks.extend(alias.from.map(|date| format!("from:{date}")));
    marks.extend(alias.until.map(|date| format!("until:{date}")));
    if marks.is_empty() {
        alias.plain.clone()
    } else {
        format!("{} [{}]", alias.plain, marks.join(" "))
    }
}

fn tied(tie: &Tie) -> String {
    let dates = [("from", tie.from), ("until", tie.until)];
    let dates = dates
        .iter()
        .filter_map(|(word, date)| Some(format!(" {word} {}", (*date)?)));
    tie.id.clone() + &dates.collect::<String>()
}

impl Book {
    fn list<'b>(&'b self, entry: &'b Entry) -> Listing<'b> {
        Listing {
            id: &entry.id,
            name: &entry.name,
            kind: entry.kind,
            country: entry.country.as_deref(),
            qid: entry.qid.as_deref(),
            parent: entry.parent.as_deref(),
            from: entry.from,
            until: entry.until,
            source: &entry.source,
            names: entry.aliases.iter().map(written).collect(),
            affiliates: entry.affiliates.iter().map(tied).collect(),
            successors: entry.successors.iter().map(tied).collect(),
            offices: self.offices_of(&entry.id),
        }
    }

    /// All actors, in the order of the book.
    pub fn listings(&self) -> impl Iterator<Item = Listing<'_>> {
        self.entries.iter().map(|entry| self.list(entry))
    }

    /// The actor of this id.
    pub fn listing(&self, id: &str) -> Option<Listing<'_>> {
        let entry = self.at(id).and_then(|at| self.entry(at))?;
        Some(self.list(entry))
    }

    /// The actors that have this name, then those of whose names it is a part.
    pub fn find(&self, name: &str) -> Vec<Listing<'_>> {
        let wanted = compose::organization_words(name).join(" ");
        if wanted.is_empty() {
            return Vec::new();
        }
        let rank = |entry: &Entry| {
            let names = entry.aliases.iter();
            let ranks = names.filter_map(|alias| {
                let own = alias.folded();
                if own == wanted {
                    Some(0)
                } else {
                    format!(" {own} ")
                        .contains(&format!(" {wanted} "))
                        .then_some(1)
                }
            });
            ranks.min()
        };
        let mut found: Vec<(u8, &Entry)> = self
            .entries
            .iter()
            .filter_map(|entry| Some((rank(entry)?, entry)))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        found
            .into_iter()
            .map(|(_, entry)| self.list(entry))
            .collect()
    }

    /// True where the book has this name, whoever bears it: one look-up.
    pub fn has(&self, name: &str) -> bool {
        self.has_name(name)
    }

    /// How many names the book has.
    pub fn names(&self) -> usize {
        self.entries.iter().map(|entry| entry.aliases.len()).sum()
    }
}
