//! Books laid over one another: the one that is built in, then the user's, the last winning.
//!
//! A later row with the id of an earlier one replaces it, a row of type `delete` takes it out with its
//! offices, a person's later rows for an office replace the earlier ones, and a sure name of a later
//! book is taken from the actors of the earlier ones. The digest covers every
//! file that was read, so that a run under another book is another run.

use super::book::{Alias, Entry};
use super::read::{self, Retired, Rows};
use super::tenure::Tenure;
use super::{Book, BookError, files::FILES, ids, index, office};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::OnceLock;

impl Book {
    /// The built-in book under these files (name and content), in order.
    ///
    /// # Errors
    /// A row that cannot be read, or that deletes an actor which is not there, with file and line.
    pub fn overlaid(overlays: &[(String, String)]) -> Result<Self, BookError> {
        let own = FILES.iter().copied();
        let users = overlays.iter().map(|(name, text)| (&**name, &**text));
        Self::read(own, users)
    }

    /// A book of these files alone; models/actors/README.md has their format.
    ///
    /// # Errors
    /// See [`Book::overlaid`].
    pub fn from_files<N, T>(files: &[(N, T)]) -> Result<Self, BookError>
    where
        N: AsRef<str>,
        T: AsRef<str>,
    {
        let files = files
            .iter()
            .map(|(name, text)| (name.as_ref(), text.as_ref()));
        Self::read(files, std::iter::empty())
    }

    fn read<'f>(
        own: impl Iterator<Item = (&'f str, &'f str)>,
        overlays: impl Iterator<Item = (&'f str, &'f str)>,
    ) -> Result<Self, BookError> {
        let own: Vec<(&str, &str)> = own.collect();
        let overlays: Vec<(&str, &str)> = overlays.collect();
        // What takes time at start-up is done on as many cores as there are.
        let files = own.par_iter();
        let rows: Vec<_> = files
            .map(|(file, content)| read::parse(file, content))
            .collect();
        let rows: Vec<Rows> = rows.into_iter().collect::<Result<_, _>>()?;
        let mut entries = Vec::with_capacity(rows.iter().map(|rows| rows.actors.len()).sum());
        let (mut tenures, mut retired) = (Vec::new(), Vec::new());
        for ((file, _), rows) in own.iter().zip(rows) {
            if let Some(id) = rows.deleted.first() {
                return Err(nothing_to_delete(file, id));
            }
            entries.extend(rows.actors);
            tenures.extend(rows.held);
            retired.extend(rows.retired);
        }
        for &(file, content) in &overlays {
            let rows = read::parse(file, content)?;
            lay_over(&mut entries, &mut tenures, &mut retired, file, rows)?;
        }
        let (index, (ids, digest)) = rayon::join(
            || index::Index::new(&entries),
            || (ids::Ids::new(&entries), digest(own.iter().chain(&overlays))),
        );
        let mut book = Self {
            index,
            ids,
            bodies: FxHashMap::default(),
            spellings: OnceLock::new(),
            tenures,
            retired,
            holders: OnceLock::new(),
            digest,
            entries,
        };
        book.bodies = office::bodies(&book);
        Ok(book)
    }
}

/// SHA-256 (hex) over name and content of these files, in order.
fn digest<'f>(files: impl Iterator<Item = &'f (&'f str, &'f str)>) -> String {
    let mut hash = Sha256::new();
    for (file, content) in files {
        for part in [file, content] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
    }
    let bytes = hash.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn nothing_to_delete(file: &str, id: &str) -> BookError {
    BookError {
        file: file.to_owned(),
        line: 0,
        problem: format!("deletes {id:?}, which no earlier book has; take the row out"),
    }
}

/// Lays the rows of one file over what was read before it.
fn lay_over(
    entries: &mut Vec<Entry>,
    tenures: &mut Vec<Tenure>,
    retired: &mut Vec<Retired>,
    file: &str,
    rows: Rows,
) -> Result<(), BookError> {
    let Rows {
        actors,
        deleted,
        held,
        retired: more,
    } = rows;
    let known: HashSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    if let Some(id) = deleted.iter().find(|id| !known.contains(id.as_str())) {
        return Err(nothing_to_delete(file, id));
    }
    for id in &deleted {
        tenures.retain(|tenure| tenure.person != *id);
        retired.retain(|old| old.now != *id);
    }
    retired.extend(more);
    if !held.is_empty() {
        let key = |tenure: &Tenure| {
            let Tenure {
                person,
                role,
                office,
                country,
                ..
            } = tenure;
            (
                person.clone(),
                role.clone(),
                office.clone(),
                country.clone(),
            )
        };
        let again: HashSet<_> = held.iter().map(key).collect();
        tenures.retain(|tenure| !again.contains(&key(tenure)));
        tenures.extend(held);
    }
    let fresh = actors.iter().map(|actor| &actor.id);
    let gone: HashSet<&String> = deleted.iter().chain(fresh).collect();
    let taken: HashSet<String> = actors
        .iter()
        .flat_map(|entry| &entry.aliases)
        .filter(|alias| alias.is_sure())
        .map(Alias::folded)
        .collect();
    entries.retain(|entry| !gone.contains(&entry.id));
    for entry in entries.iter_mut() {
        entry
            .aliases
            .retain(|alias| !taken.contains(&alias.folded()));
    }
    entries.extend(actors);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "id,name,type,country,qid,parent,valid_from,valid_until,source,aliases\n";

    fn over(rows: &str) -> Result<Book, BookError> {
        Book::overlaid(&[("mine.csv".into(), format!("{HEAD}{rows}\n"))])
    }

    #[test]
    fn the_last_book_wins_and_the_digest_says_so() {
        let own = Book::embedded().expect("sound");
        let mine = over("my-front,My Front,armed_group,,,,,,me,Taliban").expect("good rows");
        assert_eq!(mine.len(), own.len() + 1);
        assert_ne!(mine.digest(), own.digest());
        let owners = mine.index.owners_of("Taliban");
        let ids: Vec<_> = owners
            .iter()
            .filter_map(|o| mine.entry(o.entry))
            .map(|e| e.id.as_str())
            .collect();
        assert!(
            ids.contains(&"my-front") && !ids.contains(&"taliban"),
            "{ids:?}"
        );
    }

    #[test]
    fn a_row_may_delete_what_is_there() {
        let own = Book::embedded().expect("sound");
        let less = over("taliban,,delete,,,,,,me,").expect("good rows");
        assert_eq!(less.len() + 1, own.len());
        assert!(over("no-such-actor,,delete,,,,,,me,").is_err());
    }

    #[test]
    fn the_same_id_again_replaces() {
        let own = Book::embedded().expect("sound");
        let mine = over("taliban,The Students,armed_group,AF,,,,,me,").expect("good rows");
        assert_eq!(mine.len(), own.len());
        let entry = mine
            .at("taliban")
            .and_then(|at| mine.entry(at))
            .expect("there");
        assert_eq!(entry.name, "The Students");
    }
}
