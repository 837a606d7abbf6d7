//! Rows of a book that say nothing but what is composed without them: `kenya-army`, the Kenyan Army, which is `kenya:army` anyway.
//!
//! A row counts as saying more as soon as anything of it would be lost: a name, a date, a tie, and an id of its own, since ids are
//! never changed. This refuses to weigh what is worth keeping.

use super::book::{Alias, Entry, Flags};
use super::{Book, BookError};
use std::collections::HashSet;

impl Book {
    /// Adds a fault for each row whose actor composition gives anyway.
    pub(super) fn lint_composed(&self, faults: &mut Vec<BookError>) {
        let mut named: HashSet<&str> = HashSet::new();
        for entry in &self.entries {
            let ties = entry.affiliates.iter().chain(&entry.successors);
            named.extend(ties.map(|tie| tie.id.as_str()));
            named.extend(entry.parent.as_deref());
        }
        named.extend(self.tenures.iter().map(|tenure| tenure.office.as_str()));
        named.extend(self.retired.iter().map(|row| row.now.as_str()));
        for (at, entry) in self.entries.iter().enumerate() {
            if named.contains(entry.id.as_str()) {
                continue;
            }
            if let Some(id) = self.composed_anyway(at, entry) {
                faults.push(BookError {
                    file: entry.file.to_string(),
                    line: entry.line,
                    problem: format!(
                        "{}: offices.csv composes it as {id}; take the row out",
                        entry.id
                    ),
                });
            }
        }
    }

    /// The id under which an actor would be composed, if its row says nothing more.
    fn composed_anyway(&self, at: usize, entry: &Entry) -> Option<String> {
        let body = self.body(&entry.name)?;
        if self.entry_of(body) != Some(at) {
            return None;
        }
        let (id, kind, _, place) = self.composed(body)?;
        let says_no_more = |alias: &Alias| {
            let plainly = alias.flags == Flags::default();
            let always = alias.from.or(alias.until).is_none();
            plainly && always && self.body(&alias.plain) == Some(body)
        };
        let same = entry.kind == kind
            && entry.country == place.country
            && entry
                .parent
                .as_ref()
                .is_none_or(|parent| *parent == place.id);
        let bare = entry.id == id.replace(':', "-")
            && entry.qid.is_none()
            && entry.from.or(entry.until).is_none()
            && entry.affiliates.is_empty()
            && entry.successors.is_empty();
        (same && bare && entry.aliases.iter().all(says_no_more)).then_some(id)
    }
}
