//! Which of several actors with one name is meant: by what else the article names.
//!
//! Claims are ranked, never weighed: another name of the actor itself, a sure name, an everyday name,
//! its country, parent or ally, a mere part of its name. Of actors that followed one another the date decides before
//! all that; of two claims of one rank a named parent or ally, then a named country; any other two are left alone.

use super::Book;
use super::book::Entry;
use super::link::Alternative;
use super::lookup::{Candidate, Found};
use jiff::civil::Date;
use std::collections::HashSet;

/// The rank of a mere part of a name.
const PART: u8 = 4;

/// The actors of which the article has a sure name, and their countries: what a cue may rest on.
pub(super) struct Surroundings<'b> {
    book: &'b Book,
    entries: HashSet<usize>,
    ids: HashSet<&'b str>,
    /// Those with which they are allied, and those that they became.
    ties: HashSet<&'b str>,
    countries: HashSet<&'b str>,
    published: Option<Date>,
}

impl<'b> Surroundings<'b> {
    /// What the look-ups of an article's mentions found.
    pub fn new(
        book: &'b Book,
        found: &[Found<'b>],
        country: Option<&'b str>,
        published: Option<Date>,
    ) -> Self {
        let mut seen = Self {
            book,
            entries: HashSet::new(),
            ids: HashSet::new(),
            ties: HashSet::new(),
            countries: country.into_iter().collect(),
            published,
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
                    let ties = entry.affiliates.iter().chain(&entry.successors);
                    let held = ties.filter(|tie| tie.holds(published));
                    seen.ties.extend(held.map(|tie| tie.id.as_str()));
                }
            }
        }
        seen
    }

    /// True where the article names something of the country of this code, or the actor of this id.
    pub fn names(&self, whose: &str) -> bool {
        self.countries.contains(whose) || self.ids.contains(whose)
    }

    /// True where the article names the actor's parent or an ally.
    fn tied(&self, entry: &Entry) -> bool {
        let named = |id: &String| self.ids.contains(id.as_str());
        let mut allies = entry
            .affiliates
            .iter()
            .filter(|tie| tie.holds(self.published));
        entry.parent.as_ref().is_some_and(named)
            || self.ties.contains(entry.id.as_str())
            || allies.any(|tie| named(&tie.id))
    }

    /// The same, or something of its country.
    fn near(&self, entry: &Entry) -> bool {
        let country = entry.country.as_deref();
        self.tied(entry) || country.is_some_and(|code| self.countries.contains(code))
    }

    /// True where nothing but the name is needed, or the article names the actor by another.
    pub fn is_certain(&self, candidate: &Candidate<'_>) -> bool {
        candidate.alias.is_sure() || self.entries.contains(&candidate.entry)
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
            Some(if own { 2 } else { PART })
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
        // A name that went over from one actor to the other needs no other cue than the date.
        if let Some(heir) = self.heir(candidates) {
            return Ok(heir);
        }
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
        let only = |fits: &dyn Fn(&Candidate<'b>) -> bool| {
            let mut fitting = best.iter().filter(|candidate| fits(candidate));
            let first = fitting.next()?;
            fitting.next().is_none().then_some(**first)
        };
        let entry = |candidate: &Candidate<'b>| self.book.entry(candidate.entry);
        let in_time = |candidate: &Candidate<'b>| self.in_its_time(candidate, candidates);
        let own = |candidate: &Candidate<'b>| self.entries.contains(&candidate.entry);
        let tied = |candidate: &Candidate<'b>| entry(candidate).is_some_and(|e| self.tied(e));
        let near = |candidate: &Candidate<'b>| entry(candidate).is_some_and(|e| self.near(e));
        only(&in_time)
            .or_else(|| only(&own))
            .or_else(|| only(&tied).filter(|_| top < PART))
            .or_else(|| only(&near).filter(|_| top < PART))
            .ok_or("ambiguous")
    }

    /// Of candidates that followed one another the one whose time it is, where one of them has any claim.
    fn heir(&self, candidates: &[Candidate<'b>]) -> Option<Candidate<'b>> {
        let (living, gone): (Vec<&Candidate<'b>>, Vec<_>) = candidates
            .iter()
            .partition(|candidate| self.in_its_time(candidate, candidates));
        let claimed = candidates.iter().any(|c| self.tier(c).is_some());
        let heir = **living.first()?;
        let alone = living.iter().all(|other| other.entry == heir.entry);
        (alone && claimed && !gone.is_empty()).then_some(heir)
    }

    /// False for a candidate that had become another of them by the article's date, and for one that none of those it
    /// followed had become yet.
    fn in_its_time(&self, candidate: &Candidate<'b>, candidates: &[Candidate<'b>]) -> bool {
        let (Some(date), Some(entry)) = (self.published, self.book.entry(candidate.entry)) else {
            return true;
        };
        let mut others = candidates.iter().filter_map(|c| self.book.entry(c.entry));
        others.all(|other| {
            let gone = entry.successors.iter().any(|tie| {
                tie.id == other.id && tie.from.or(entry.until).is_some_and(|since| since <= date)
            });
            let early = other
                .successors
                .iter()
                .any(|tie| tie.id == entry.id && tie.from.is_some_and(|from| date < from));
            !gone && !early
        })
    }

    /// The candidates besides the chosen one that had a claim, and what it was; none where the choice
    /// was not close.
    pub fn others(&self, candidates: &[Candidate<'b>], chosen: Option<&str>) -> Vec<Alternative> {
        if candidates.len() < 2 {
            return Vec::new();
        }
        let mut others: Vec<Alternative> = Vec::new();
        for candidate in candidates {
            let (Some(tier), Some(entry)) =
                (self.tier(candidate), self.book.entry(candidate.entry))
            else {
                continue;
            };
            let is_other = chosen.is_none_or(|id| id != entry.id);
            // A mere part of somebody's name is close only to another.
            let close = tier < PART || chosen.is_none();
            if is_other && close && !others.iter().any(|other| other.id == entry.id) {
                others.push(Alternative::in_book(entry, self.reason(candidate)));
            }
        }
        others
    }

    /// What speaks for a candidate.
    pub fn reason(&self, candidate: &Candidate<'b>) -> &'static str {
        match self.tier(candidate) {
            Some(0) => "named",
            Some(1) => "sure_name",
            Some(2) => "name",
            Some(3) => "near",
            Some(_) => "part_of_name",
            None => "no_cue",
        }
    }
}
