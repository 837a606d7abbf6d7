//! Which of several actors with one name is meant: by what else the article names.
//!
//! Claims are ranked, never weighed: another name of the actor itself, a sure name, an everyday name,
//! its country, a mere part of its name. Two claims of one rank are left alone.

use super::Book;
use super::book::Entry;
use super::lookup::{Candidate, Found};
use std::collections::HashSet;

/// The actors of which the article has a sure name, and their countries: what a cue may rest on.
pub(super) struct Surroundings<'b> {
    book: &'b Book,
    entries: HashSet<usize>,
    ids: HashSet<&'b str>,
    countries: HashSet<&'b str>,
}

impl<'b> Surroundings<'b> {
    /// What the look-ups of an article's mentions found.
    pub fn new(book: &'b Book, found: &[Found<'b>], country: Option<&'b str>) -> Self {
        let mut seen = Self {
            book,
            entries: HashSet::new(),
            ids: HashSet::new(),
            countries: country.into_iter().collect(),
        };
        for found in found {
            let Found::Some(candidates, _) = found else {
                continue;
            };
            for candidate in candidates {
                let flags = candidate.alias.flags;
                let (Some(entry), false) = (book.entry(candidate.entry), flags.cue || flags.weak)
                else {
                    continue;
                };
                // "Dawn" tells of Pakistan, but is no sure name of anybody; a name of two tells of neither.
                if candidates.len() == 1 {
                    seen.countries.extend(entry.country.as_deref());
                }
                let alone = candidates.len() == 1 || candidates.iter().all(|c| !c.alias.flags.cue);
                if alone && candidate.alias.is_sure() && seen.entries.insert(candidate.entry) {
                    seen.ids.insert(&entry.id);
                    seen.ids.extend(entry.parent.as_deref());
                }
            }
        }
        seen
    }

    /// True where the article names the actor's parent or something of its country.
    fn near(&self, entry: &Entry) -> bool {
        entry
            .parent
            .as_deref()
            .is_some_and(|parent| self.ids.contains(parent))
            || entry
                .country
                .as_deref()
                .is_some_and(|country| self.countries.contains(country))
    }

    /// How good a candidate's claim is, best first; `None` for none at all.
    fn tier(&self, candidate: &Candidate<'_>) -> Option<u8> {
        let flags = candidate.alias.flags;
        let own = self.entries.contains(&candidate.entry);
        if flags.cue && own {
            Some(0)
        } else if candidate.alias.is_sure() {
            Some(1)
        } else if flags.cue {
            let near = self
                .book
                .entry(candidate.entry)
                .is_some_and(|entry| self.near(entry));
            near.then_some(3)
        } else if flags.weak {
            Some(if own { 2 } else { 4 })
        } else {
            Some(2)
        }
    }

    /// The one bearer of a cue whose country the article names, where it names nothing of the sure
    /// bearer's: "Taliban" in an article on Pakistan alone, AFP in one on the Philippines. Agencies and
    /// papers are cited everywhere and never give way.
    fn elsewhere(&self, candidates: &[Candidate<'b>], top: u8) -> Option<Candidate<'b>> {
        let entry = |candidate: &Candidate<'b>| self.book.entry(candidate.entry);
        let sure = candidates
            .iter()
            .find(|c| c.alias.is_sure())
            .and_then(entry)?;
        let cited = matches!(sure.kind, "news_agency" | "newspaper" | "broadcaster");
        let home = sure.country.as_deref().filter(|_| top == 1 && !cited)?;
        if self.countries.contains(home) {
            return None;
        }
        let mut near = candidates
            .iter()
            .filter(|c| c.alias.flags.cue && entry(c).is_some_and(|entry| self.near(entry)));
        let first = near.next()?;
        near.all(|other| other.entry == first.entry)
            .then_some(*first)
    }

    /// The one candidate whose claim is best, or why there is none.
    pub fn best(&self, candidates: &[Candidate<'b>]) -> Result<Candidate<'b>, &'static str> {
        let tiers = candidates.iter().filter_map(|c| Some((self.tier(c)?, c)));
        // "Taliban" beside the TTP, in an article that names Afghanistan too, is the sure bearer.
        if let Some(sure) = candidates.iter().find(|c| c.alias.is_sure())
            && let Some(entry) = self.book.entry(sure.entry)
            && !matches!(entry.kind, "news_agency" | "newspaper" | "broadcaster")
            && entry
                .country
                .as_deref()
                .is_some_and(|code| self.countries.contains(code))
        {
            return Ok(*sure);
        }
        let Some(top) = tiers.clone().map(|(tier, _)| tier).min() else {
            return Err("no_cue");
        };
        if let Some(other) = self.elsewhere(candidates, top) {
            return Ok(other);
        }
        let mut best: Vec<&Candidate<'b>> = tiers
            .filter(|(tier, _)| *tier == top)
            .map(|(_, c)| c)
            .collect();
        best.dedup_by_key(|candidate| candidate.entry);
        if let [only] = best.as_slice() {
            return Ok(**only);
        }
        best.retain(|candidate| self.entries.contains(&candidate.entry));
        match best.as_slice() {
            [only] => Ok(**only),
            _ => Err("ambiguous"),
        }
    }
}
