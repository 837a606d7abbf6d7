//! Which of a record's fields is what.
//!
//! A field is known by its name, whatever its case and punctuation (`articleBody`, `Article Body`,
//! `article_body`), in the order of preference of `data/field_names.csv`; or it is given by name or
//! by a dotted path (`attrs.newid`).

use std::collections::HashMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

/// What a field can be to an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Role {
    Text,
    Id,
    Title,
    Date,
    Url,
    Outlet,
}

impl Role {
    fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "text" => Self::Text,
            "id" => Self::Id,
            "title" => Self::Title,
            "date" => Self::Date,
            "url" => Self::Url,
            "outlet" => Self::Outlet,
            _ => return None,
        })
    }
}

/// Folded name to role and priority.
static NAMES: LazyLock<HashMap<String, (Role, u32)>> = LazyLock::new(|| {
    include_str!("data/field_names.csv")
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split(',');
            let role = Role::of_name(cells.next()?)?;
            let name = fold(cells.next()?);
            let priority = cells.next()?.trim().parse().ok()?;
            Some((name, (role, priority)))
        })
        .collect()
});

/// A name without case and punctuation.
fn fold(name: &str) -> String {
    name.chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Where a value stands: the keys from the record down to it.
pub(super) type Place = Vec<String>;

/// A record's fields, from which roles are taken one after the other.
pub(super) struct Fields {
    map: Map<String, Value>,
    /// Fields known by their names, the preferred first.
    known: Vec<(Role, u32, String)>,
}

impl Fields {
    pub(super) fn new(map: Map<String, Value>) -> Self {
        let mut known: Vec<_> = map
            .keys()
            .filter_map(|key| {
                let (role, priority) = NAMES.get(&fold(key))?;
                Some((*role, *priority, key.clone()))
            })
            .collect();
        known.sort_by_key(|(_, priority, _)| *priority);
        Self { map, known }
    }

    /// Where the values for a role stand, the preferred first: the given key and no other, or those
    /// known by name. Empty values are among them.
    pub(super) fn places(&self, role: Role, given: Option<&str>) -> Vec<Place> {
        match given {
            Some(key) if self.map.contains_key(key) => vec![vec![key.to_owned()]],
            Some(path) => {
                let place: Place = path.split('.').map(str::to_owned).collect();
                Vec::from_iter(self.get(&place).is_some().then_some(place))
            }
            None => self
                .known
                .iter()
                .filter(|(known, _, key)| *known == role && self.map.contains_key(key))
                .map(|(.., key)| vec![key.clone()])
                .collect(),
        }
    }

    /// The value at a place.
    pub(super) fn get(&self, place: &[String]) -> Option<&Value> {
        let (first, rest) = place.split_first()?;
        rest.iter()
            .try_fold(self.map.get(first)?, |value, key| value.get(key))
    }

    /// Takes the value at a place away; the others keep their order.
    pub(super) fn take(&mut self, place: &[String]) -> Option<Value> {
        let (last, above) = place.split_last()?;
        let map = above.iter().try_fold(&mut self.map, |map, key| {
            map.get_mut(key).and_then(Value::as_object_mut)
        })?;
        map.shift_remove(last)
    }

    /// Takes the first value for a role that is a string with something in it.
    pub(super) fn take_string(&mut self, role: Role, given: Option<&str>) -> Option<String> {
        let place = self.places(role, given).into_iter().find(|place| {
            let value = self.get(place).and_then(Value::as_str);
            value.is_some_and(|value| !value.trim().is_empty())
        })?;
        match self.take(&place)? {
            Value::String(value) => Some(value),
            _ => None,
        }
    }

    /// The names of the fields.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.map.keys().map(String::as_str)
    }

    /// The fields that nobody took.
    pub(super) fn into_rest(self) -> Map<String, Value> {
        self.map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_and_no_name_has_two_roles() {
        let lines: Vec<&str> = include_str!("data/field_names.csv")
            .lines()
            .skip(1)
            .collect();
        assert!(lines.len() > 60);
        for line in lines {
            let cells: Vec<&str> = line.split(',').collect();
            let [role, name, priority] = cells.as_slice() else {
                panic!("{line}: three cells are wanted");
            };
            let role = Role::of_name(role).expect(line);
            let priority: u32 = priority.parse().expect(line);
            assert_eq!(NAMES.get(&fold(name)), Some(&(role, priority)), "{line}");
        }
    }
}
