//! The names of all measures, in the order in which a report has them.

use serde::Serialize;

/// A part of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// Names, by their spans.
    Mentions,
    /// Names, by token tags.
    Columns,
    /// Numbers.
    Numbers,
    /// Who is meant.
    Actors,
}

/// A measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Boundaries and type (SemEval-2013 task 9 "strict"; the one to publish).
    Strict,
    /// Boundaries, whatever the type (SemEval-2013 "exact").
    Exact,
    /// Boundaries, half a point for an overlap, whatever the type (SemEval-2013 "partial").
    Partial,
    /// An overlap of the right type (SemEval-2013 "type").
    Type,
    /// Chunks as the CoNLL-2000 script `conlleval` cuts them, also from invalid tags.
    Conlleval,
    /// Chunks as seqeval's strict mode with IOB2 cuts them: none without its B.
    SeqevalStrict,
    /// The number is found: the cores overlap.
    Found,
    /// The core has the same boundaries.
    Span,
    /// Found, and of the same kind.
    Kind,
    /// Found, with the same value, range, date or time.
    Value,
    /// Found, with the same unit and rate; of those that have one.
    Unit,
    /// Found, with the same modifier; of those that have one.
    Modifier,
    /// Found, with the same noun at the same place; of those that have one.
    Noun,
    /// Of names whose span is found: the same actor of the book, or neither is in the book.
    Accuracy,
    /// Names of actors of the book: span and id.
    KnownId,
    /// Names of nobody in the book: span, and that it is nobody in the book.
    Nil,
    /// Clusters of names, B-cubed (Bagga and Baldwin 1998).
    BCubed,
    /// Clusters of names, CEAF with phi4 (Luo 2005).
    CeafE,
}

impl Metric {
    /// Where it stands.
    pub fn section(self) -> Section {
        match self {
            Self::Strict | Self::Exact | Self::Partial | Self::Type => Section::Mentions,
            Self::Conlleval | Self::SeqevalStrict => Section::Columns,
            Self::Accuracy | Self::KnownId | Self::Nil | Self::BCubed | Self::CeafE => {
                Section::Actors
            }
            _ => Section::Numbers,
        }
    }

    /// As the report writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::Type => "type",
            Self::Conlleval => "conlleval",
            Self::SeqevalStrict => "seqeval_strict",
            Self::Found => "found",
            Self::Span => "span",
            Self::Kind => "kind",
            Self::Value => "value",
            Self::Unit => "unit",
            Self::Modifier => "modifier",
            Self::Noun => "noun",
            Self::Accuracy => "accuracy",
            Self::KnownId => "known_id",
            Self::Nil => "nil",
            Self::BCubed => "b_cubed",
            Self::CeafE => "ceaf_e",
        }
    }
}

impl Section {
    /// As the report writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mentions => "mentions",
            Self::Columns => "columns",
            Self::Numbers => "numbers",
            Self::Actors => "actors",
        }
    }
}

/// A measure of everything (no class) or of one class: a type of names, a kind of numbers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The measure.
    pub metric: Metric,
    /// The class, where it is of one.
    pub class: Option<String>,
}

/// The tallies of one document, by measure.
#[derive(Clone, Debug, Default)]
pub(super) struct Tallies(pub(super) std::collections::BTreeMap<Key, super::Tally>);

impl Tallies {
    /// Adds to a measure as a whole.
    pub(super) fn add(&mut self, metric: Metric, tally: super::Tally) {
        let key = Key {
            metric,
            class: None,
        };
        *self.0.entry(key).or_default() += tally;
    }

    /// Adds to a measure as a whole and to one class of it.
    pub(super) fn add_class(&mut self, metric: Metric, class: &str, tally: super::Tally) {
        self.add(metric, tally);
        let class = Some(class.to_owned());
        *self.0.entry(Key { metric, class }).or_default() += tally;
    }
}
