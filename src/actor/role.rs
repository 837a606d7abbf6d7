//! Titles, offices and jobs as words: which of them stands at the end of a run of words.
//!
//! The table is `data/roles.csv`. "Deputy foreign minister" is a role of its own or none, never that of
//! the minister: whoever asks must look at the word before.

use super::lexicon;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a role is worth as evidence of who bears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One in a state, a church or a world body, known by title and name alone.
    Head,
    /// A state has one at a time.
    One,
    /// Several may hold it at a time.
    Many,
    /// No office.
    Job,
}

/// A title, an office or a job.
#[derive(Debug)]
pub(super) struct Role {
    /// For tests to name it by.
    #[cfg(test)]
    pub name: &'static str,
    pub kind: Kind,
}

/// A title that the holders of a role bear, and the office where only that one's do.
type Bearing = (RoleId, Option<&'static str>);

/// A role's number.
pub(super) type RoleId = usize;

struct Roles {
    list: Vec<Role>,
    by_words: FxHashMap<&'static str, RoleId>,
    /// The titles of those who have a role in an office.
    by_held: FxHashMap<&'static str, Vec<Bearing>>,
    /// Words of the longest phrase.
    longest: usize,
}

static ROLES: LazyLock<Roles> = LazyLock::new(|| {
    let mut roles = Roles {
        list: Vec::new(),
        by_words: FxHashMap::default(),
        by_held: FxHashMap::default(),
        longest: 0,
    };
    for row in lexicon::lines(include_str!("data/roles.csv")) {
        let mut cells = row.splitn(4, ',');
        let mut cell = || cells.next().unwrap_or_default();
        let (_name, kind, held, words) = (cell(), cell(), cell(), cell());
        let kind = match kind {
            "head" => Kind::Head,
            "one" => Kind::One,
            "many" => Kind::Many,
            _ => Kind::Job,
        };
        for phrase in words.split('|') {
            roles.longest = roles.longest.max(phrase.split(' ').count());
            roles.by_words.entry(phrase).or_insert(roles.list.len());
        }
        for held in held.split('|').filter(|held| !held.is_empty()) {
            let (role, office) = match held.split_once(' ') {
                Some((role, office)) => (role, Some(office)),
                None => (held, None),
            };
            let bearing = (roles.list.len(), office);
            roles.by_held.entry(role).or_default().push(bearing);
        }
        roles.list.push(Role {
            #[cfg(test)]
            name: _name,
            kind,
        });
    }
    roles
});

/// The role that these folded words are, all of them.
pub(super) fn named(words: &[String]) -> Option<RoleId> {
    if words.is_empty() || words.len() > ROLES.longest {
        return None;
    }
    ROLES.by_words.get(words.join(" ").as_str()).copied()
}

/// The longest role that the last of these folded words are, and how many they are.
pub(super) fn ending(words: &[String]) -> Option<(RoleId, usize)> {
    let from = words.len().saturating_sub(ROLES.longest);
    (from..words.len())
        .find_map(|start| Some((named(words.get(start..)?)?, words.len().checked_sub(start)?)))
}

/// The titles that whoever has this role in this office bears.
pub(super) fn titles_of(role: &str, office: &str) -> impl Iterator<Item = RoleId> {
    let bearings = ROLES.by_held.get(role).map_or(&[][..], Vec::as_slice);
    bearings
        .iter()
        .filter(move |(_, at)| at.is_none_or(|at| at == office))
        .map(|(title, _)| *title)
}

/// The titles that are known by name alone.
pub(super) fn heads() -> impl Iterator<Item = RoleId> {
    let heads = ROLES.list.iter().enumerate();
    heads.filter_map(|(id, role)| (role.kind == Kind::Head).then_some(id))
}

/// The role of this number.
pub(super) fn role(id: RoleId) -> Option<&'static Role> {
    ROLES.list.get(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(words: &str) -> Option<(&'static str, usize)> {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        let (id, length) = ending(&words)?;
        Some((role(id)?.name, length))
    }

    #[test]
    fn the_longest_role_counts() {
        assert_eq!(
            ends("the afghan foreign minister"),
            Some(("foreign-minister", 2))
        );
        assert_eq!(ends("vice president"), Some(("vice-president", 2)));
        assert_eq!(ends("a tall man"), None);
        assert_eq!(ending(&[]), None);
    }

    #[test]
    fn whoever_holds_an_office_bears_its_titles() {
        let of = |held, office| {
            let titles = titles_of(held, office).filter_map(role);
            titles.map(|title| title.name).collect::<Vec<_>>()
        };
        assert_eq!(of("president", "presidency"), ["president", "marshal"]);
        assert!(of("minister", "foreign-ministry").contains(&"foreign-minister"));
        assert!(!of("minister", "health-ministry").contains(&"foreign-minister"));
        assert!(of("keeper", "seal").is_empty());
    }

    #[test]
    fn every_row_is_read() {
        let rows = include_str!("data/roles.csv").lines().skip(1);
        assert_eq!(
            rows.filter(|row| !row.starts_with('#')).count(),
            ROLES.list.len()
        );
        assert!(ROLES.list.iter().any(|role| role.kind == Kind::Job));
    }
}
