//! What is wrong with a book as a whole: every fault with its file and line.
//!
//! `read` refuses rows that cannot be read; here rows that can be read contradict one another.

use super::book::Entry;
use super::tenure::Tenure;
use super::{Book, BookError, office};
use std::collections::{HashMap, HashSet};

impl Book {
    /// The faults of the book, in the order of its rows: ids given twice, parents that are missing
    /// or go round in a circle, dates that run backwards, rows without a source, countries and
    /// Wikidata ids that cannot be, ties to nobody, retired ids that live or lead nowhere, names with two sure owners or a person's name on
    /// something that is no person, offices held by nobody, nowhere, or by two at a time, and rows of which
    /// nothing would be lost without them, because `offices.csv` composes the actor.
    pub fn lint(&self) -> Vec<BookError> {
        let mut faults = Vec::new();
        let mut ids: HashMap<&str, usize> = HashMap::new();
        let mut qids: HashMap<&str, usize> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            let mut fault = |problem: String| faults.push(fault_of(entry, &problem));
            if let Some(other) = ids
                .insert(&entry.id, at)
                .and_then(|other| self.entries.get(other))
            {
                fault(format!(
                    "this id is also in {}:{}; give each actor its own",
                    other.file, other.line
                ));
            }
            if let Some(qid) = entry.qid.as_deref() {
                if qid
                    .strip_prefix('Q')
                    .is_none_or(|n| n.parse::<u32>().is_err())
                {
                    fault(format!("qid {qid:?}: write Q and a number"));
                }
                if let Some(other) = qids
                    .insert(qid, at)
                    .and_then(|other| self.entries.get(other))
                {
                    fault(format!("{qid} is also {}'s", other.id));
                }
            }
            if let Some(code) = entry.country.as_deref()
                && !(code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase()))
            {
                fault(format!("country {code:?}: write two capitals (ISO 3166-1)"));
            }
            if entry.source.is_empty() {
                fault("no source; say where the row is from".into());
            }
            if let (Some(from), Some(until)) = (entry.from, entry.until)
                && from > until
            {
                fault(format!("valid from {from} until {until}; swap them"));
            }
            for alias in &entry.aliases {
                if let (Some(from), Some(until)) = (alias.from, alias.until)
                    && from > until
                {
                    fault(format!(
                        "{:?} is valid from {from} until {until}; swap them",
                        alias.plain
                    ));
                }
                if alias.plain.chars().count() < 3 && !alias.flags.case {
                    fault(format!("{:?} is short; flag it `case`", alias.plain));
                }
            }
        }
        self.lint_parents(&ids, &mut faults);
        self.lint_owners(&mut faults);
        self.lint_ties(&mut faults);
        self.lint_tenures(&mut faults);
        self.lint_retired(&mut faults);
        self.lint_composed(&mut faults);
        faults
    }

    /// Retired ids that an actor has all the same, that lead to no actor or to another retired id, or that stand twice.
    fn lint_retired(&self, faults: &mut Vec<BookError>) {
        let mut seen: HashMap<&str, u64> = HashMap::new();
        let gone: HashSet<&str> = self.retired.iter().map(|row| row.id.as_str()).collect();
        for row in &self.retired {
            let mut fault = |problem: String| {
                faults.push(BookError {
                    file: row.file.to_string(),
                    line: row.line,
                    problem: format!("{}: {problem}", row.id),
                });
            };
            if let Some(entry) = self.at(&row.id).and_then(|at| self.entry(at)) {
                fault(format!(
                    "is retired, and {}:{} has it; give that actor another id",
                    entry.file, entry.line
                ));
            }
            if gone.contains(row.now.as_str()) {
                fault(format!(
                    "leads to {}, which is retired too; write where that leads",
                    row.now
                ));
            } else if self.at(&row.now).is_none() {
                fault(format!(
                    "leads to {:?}, which is no actor of the book",
                    row.now
                ));
            }
            if let Some(line) = seen.insert(&row.id, row.line) {
                fault(format!("stands in line {line} too; take one out"));
            }
        }
    }

    /// Ties to an actor that is not there, or that end before they begin.
    fn lint_ties(&self, faults: &mut Vec<BookError>) {
        for entry in &self.entries {
            for tie in entry.affiliates.iter().chain(&entry.successors) {
                if tie.id == entry.id || self.at(&tie.id).is_none() {
                    let problem = format!("tie to {:?}, which is no other actor", tie.id);
                    faults.push(fault_of(entry, &problem));
                }
                if tie
                    .from
                    .zip(tie.until)
                    .is_some_and(|(from, until)| from > until)
                {
                    let problem = format!("tie to {} ends before it begins; swap", tie.id);
                    faults.push(fault_of(entry, &problem));
                }
            }
        }
    }

    /// Offices held by nobody of the book, in nobody's body, backwards, or by two people at a time.
    fn lint_tenures(&self, faults: &mut Vec<BookError>) {
        let mut bodies: HashMap<(&str, &str, Option<&str>), Vec<&Tenure>> = HashMap::new();
        for tenure in &self.tenures {
            let mut fault = |problem: String| {
                faults.push(BookError {
                    file: tenure.file.to_string(),
                    line: tenure.line,
                    problem: format!("{}: {problem}", tenure.person),
                });
            };
            let person = self.at(&tenure.person).and_then(|at| self.entry(at));
            if person.is_none_or(|person| person.kind != "person") {
                fault("is no person of the book; add a row for them".into());
            }
            let every = office::by_slug(&tenure.office).is_some();
            if every && tenure.country.is_none() {
                fault(format!(
                    "{:?} of which country? write its code",
                    tenure.office
                ));
            } else if !every && self.at(&tenure.office).is_none() {
                fault(format!(
                    "office {:?} is neither in offices.csv nor an actor; add it",
                    tenure.office
                ));
            }
            if tenure.source.is_empty() {
                fault("no source; say where the row is from".into());
            }
            if let (Some(from), Some(until)) = (tenure.from, tenure.until)
                && from > until
            {
                fault(format!("in office from {from} until {until}; swap them"));
            }
            let key = (
                tenure.role.as_str(),
                tenure.office.as_str(),
                tenure.country.as_deref(),
            );
            let others = bodies.entry(key).or_default();
            if let Some(other) = others.iter().find(|other| tenure.contradicts(other)) {
                fault(format!(
                    "{} {} together with {} ({}:{}); one must begin or end sooner",
                    tenure.role, tenure.office, other.person, other.file, other.line
                ));
            }
            others.push(tenure);
        }
    }

    fn lint_parents(&self, ids: &HashMap<&str, usize>, faults: &mut Vec<BookError>) {
        let parent = |at: usize| self.entries.get(at)?.parent.as_deref();
        for (at, entry) in self.entries.iter().enumerate() {
            let mut fault = |problem: String| faults.push(fault_of(entry, &problem));
            let mut above = at;
            for _ in 0..=self.entries.len() {
                let Some(next) = parent(above) else { break };
                let Some(&next_at) = ids.get(next) else {
                    if above == at {
                        fault(format!(
                            "parent {next:?} is not in the book; add it or leave it out"
                        ));
                    }
                    break;
                };
                above = next_at;
                if above == at {
                    fault("is its own ancestor; break the circle of parents".into());
                    break;
                }
            }
        }
    }

    /// Names that two actors own for sure at the same time.
    fn lint_owners(&self, faults: &mut Vec<BookError>) {
        let mut owners: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            for (alias_at, alias) in entry.aliases.iter().enumerate() {
                let others = owners.entry(alias.folded()).or_default();
                for (other_at, other_alias) in others.iter() {
                    let Some(other) = self.entries.get(*other_at) else {
                        continue;
                    };
                    let Some(second) = other.aliases.get(*other_alias) else {
                        continue;
                    };
                    let apart = |a: &super::book::Alias, b: &super::book::Alias| matches!((a.until, b.from), (Some(until), Some(from)) if until < from);
                    let cased =
                        (alias.flags.case || second.flags.case) && alias.plain != second.plain;
                    let same = *other_at == at;
                    if same && alias.plain == second.plain {
                        faults.push(BookError {
                            file: entry.file.to_string(),
                            line: entry.line,
                            problem: format!("{}: lists {:?} twice", entry.id, alias.plain),
                        });
                    } else if !same
                        && alias.is_sure()
                        && second.is_sure()
                        && !cased
                        && !apart(alias, second)
                        && !apart(second, alias)
                    {
                        faults.push(BookError {
                            file: entry.file.to_string(),
                            line: entry.line,
                            problem: format!(
                                "{}: {:?} is also a sure name of {} ({}:{}); flag one `cue` or `ambiguous`",
                                entry.id, alias.plain, other.id, other.file, other.line
                            ),
                        });
                    }
                }
                others.push((at, alias_at));
            }
        }
    }
}

/// A fault of an actor, with its file and line.
fn fault_of(entry: &Entry, problem: &str) -> BookError {
    BookError {
        file: entry.file.to_string(),
        line: entry.line,
        problem: format!("{}: {problem}", entry.id),
    }
}
