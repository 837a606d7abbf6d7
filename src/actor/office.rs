//! State bodies by rule: a country or its people with a head that names an office, "Kenyan army",
//! "US State Department", "Ministry of Defence of Chad".
//!
//! Every country has these, so they are composed and not listed. Where the book has the body under
//! any such name it is the book's; else it gets a stable id under its country, `kenya:army`. A head
//! without a country ("the Interior Ministry") names nobody, and a country alone is not its government.

use super::book::Entry;
use super::fold::{self, Word};
use super::index::{Owner, WordId};
use super::{Book, compose, lexicon};
use crate::tag::EntityType;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// More words than any head has.
pub(super) const LONGEST: usize = 7;

/// A kind of body that every country has.
#[derive(Debug)]
pub(super) struct Office {
    /// Ends the id: `army`.
    pub slug: &'static str,
    /// The type of actor.
    pub kind: &'static str,
    /// Begins the name: "Ministry of Defence" of Chad.
    pub name: &'static str,
}

/// Offices, and the words that name each.
struct Offices {
    list: Vec<Office>,
    /// Each head's office, and whether it names one body rather than its people.
    by_head: FxHashMap<&'static str, (usize, bool)>,
}

/// The offices of `data/offices.csv`.
static OFFICES: LazyLock<Offices> = LazyLock::new(|| {
    let mut offices = Offices {
        list: Vec::new(),
        by_head: FxHashMap::default(),
    };
    for row in lexicon::lines(include_str!("data/offices.csv")) {
        let mut cells = row.splitn(5, ',');
        let mut cell = || cells.next().unwrap_or_default();
        let (slug, kind, name) = (cell(), cell(), cell());
        for (words, one) in [(cell(), true), (cell(), false)] {
            for head in words.split('|').filter(|head| !head.is_empty()) {
                let office = (offices.list.len(), one);
                offices.by_head.entry(head).or_insert(office);
            }
        }
        offices.list.push(Office { slug, kind, name });
    }
    offices
});

/// A body: whose, by index into the book's entries, and which office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Body {
    /// The country, or the region or city that has offices of its own.
    pub place: usize,
    /// Index into the list of offices.
    pub office: usize,
}

/// The office that these folded words name; they are parted by blanks.
fn office(head: &str) -> Option<usize> {
    OFFICES.by_head.get(head).map(|(office, _)| *office)
}

/// True where these folded words name one body of a country: "navy", not "sailors".
pub(super) fn is_body(words: &[String]) -> bool {
    let head = words.join(" ");
    OFFICES
        .by_head
        .get(head.as_str())
        .is_some_and(|(_, one)| *one)
}

/// A head that stands without any country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bare {
    /// Index into the list of offices.
    pub office: usize,
    /// Codes of the countries that have a body of that name, unless all have.
    pub countries: Option<Vec<&'static str>>,
}

/// The countries of the heads of `data/bare.csv`; `None` for all.
static BARE: LazyLock<FxHashMap<&'static str, Option<Vec<&'static str>>>> = LazyLock::new(|| {
    lexicon::lines(include_str!("data/bare.csv"))
        .filter_map(|row| row.split_once(','))
        .map(|(head, countries)| {
            let codes = countries.split('|').filter(|code| !code.is_empty());
            (head, (countries != "*").then(|| codes.collect()))
        })
        .collect()
});

/// What these folded words name where they stand without a country: one body of a country, or nothing.
pub(super) fn bare(words: &[String]) -> Option<Bare> {
    let the = usize::from(words.first().is_some_and(|word| word == "the"));
    let words = words.get(the..)?;
    let head = words.join(" ");
    let &(office, one) = OFFICES.by_head.get(head.as_str())?;
    let countries = match BARE.get(head.as_str()) {
        Some(Some(countries)) if countries.is_empty() => return None,
        Some(countries) => countries.clone(),
        None if words.len() > 1 => None,
        None => return None,
    };
    one.then_some(Bare { office, countries })
}

/// The office of this slug.
pub(super) fn by_slug(slug: &str) -> Option<usize> {
    OFFICES.list.iter().position(|office| office.slug == slug)
}

/// The bodies that the book has, each with its entry: those of its entries that have such a name.
pub(super) fn bodies(book: &Book) -> FxHashMap<Body, usize> {
    let mut found = FxHashMap::default();
    for (at, entry) in book.entries.iter().enumerate() {
        let state = !matches!(
            entry.kind,
            "armed_group" | "party" | "igo" | "ngo" | "company" | "newspaper" | "news_agency"
        );
        if entry.tag != EntityType::Org || !state {
            continue;
        }
        for alias in entry.aliases.iter().filter(|alias| !alias.flags.weak) {
            if let Some(body) = book.body(&alias.plain) {
                found.entry(body).or_insert(at);
            }
        }
    }
    found
}

impl Book {
    /// The body that a name composes, if it does: country and head, or head "of" country.
    pub(super) fn body(&self, surface: &str) -> Option<Body> {
        let folded = fold::key(surface);
        let folded = folded.strip_prefix("the ").unwrap_or(&folded);
        let blanks = folded.match_indices(' ').map(|(at, _)| at);
        if blanks.clone().count() >= 2 * LONGEST {
            return None;
        }
        let body = |head: &str, place: &str| {
            let office = office(head)?;
            let words = place.split(' ').map(|word| self.index.folded_id(word));
            let place = self.place(self.index.owners(words), office)?;
            Some(Body { place, office })
        };
        // "Ministry of Defence of Chad", "Embassy of the United States".
        let of = folded.match_indices(" of ").find_map(|(at, of)| {
            let place = folded.get(at + of.len()..)?;
            body(
                folded.get(..at)?,
                place.strip_prefix("the ").unwrap_or(place),
            )
        });
        let beside = |at: usize| body(folded.get(at + 1..)?, folded.get(..at)?);
        of.or_else(|| blanks.rev().find_map(beside))
    }

    /// The body of this office of a named country, region or city.
    pub(super) fn body_at(&self, place: &str, office: usize) -> Option<Body> {
        let place = self.place(self.index.owners_of(place), office)?;
        Some(Body { place, office })
    }

    /// The same of the country in which the named place lies: "the Defence Ministry in Moscow".
    pub(super) fn body_in(&self, place: &str, office: usize) -> Option<Body> {
        let body = self.body_at(place, office)?;
        let entry = self.entry(body.place)?;
        let country = match entry.country.as_deref() {
            Some(code) if entry.kind == "region" => self.country(code)?,
            _ => body.place,
        };
        Some(Body {
            place: country,
            office,
        })
    }

    /// The country, region or city of a name: the sure owner, else the only one. A people stands for
    /// its country, and a capital's government is its country's.
    fn place(&self, owners: &[Owner], office: usize) -> Option<usize> {
        let mut places = owners.iter().filter_map(|&owner| {
            let (entry, alias) = (self.entry(owner.entry)?, self.alias(owner)?);
            let fits = matches!(entry.tag, EntityType::Loc | EntityType::Norp)
                && entry.kind != "religion"
                && !alias.flags.weak;
            fits.then_some((owner.entry, alias.is_sure()))
        });
        let first = places.next()?;
        let (place, _) = places.find(|(_, sure)| *sure).unwrap_or(first);
        let entry = self.entry(place)?;
        let is_seat = entry.id.ends_with("-city") && by_slug("government") == Some(office);
        if entry.tag == EntityType::Norp || is_seat {
            return self.at(entry.parent.as_deref()?);
        }
        Some(place)
    }

    /// How many of the words after a country's or people's name make it an office's, all written with
    /// capitals: 2 for "Police Force" after "Nigerian". `rest` are the text's words from there on.
    pub(super) fn office_after(&self, source: &str, rest: &[(Word, WordId)]) -> Option<usize> {
        let mut folded = String::new();
        let mut longest = None;
        for (at, (word, _)) in rest
            .iter()
            .take(LONGEST)
            .take_while(|(word, _)| word.glued)
            .enumerate()
        {
            let written = source.get(word.start..word.end)?;
            let capital = written.starts_with(char::is_uppercase);
            if !capital && !matches!(written, "of" | "the" | "and" | "for") {
                break;
            }
            if at > 0 {
                folded.push(' ');
            }
            fold::fold_into(written, &mut folded);
            if capital && office(&folded).is_some() {
                longest = Some(at + 1);
            }
        }
        longest
    }

    /// The book's entry of a body.
    pub(super) fn entry_of(&self, body: Body) -> Option<usize> {
        self.bodies.get(&body).copied()
    }

    /// Id, type, name and country of a body that the book lacks.
    pub(super) fn composed(&self, body: Body) -> Option<(String, &'static str, String, &Entry)> {
        let place = self.entry(body.place)?;
        let office = OFFICES.list.get(body.office)?;
        let id = compose::part_id(&place.id, office.slug);
        Some((
            id,
            office.kind,
            format!("{} of {}", office.name, place.name),
            place,
        ))
    }
}
