//! Who is meant: the actor book, and the resolution of an article's names (stub: helper fills).

use crate::tag::{EntityType, Mention};
use crate::text::{Span, Text};
use jiff::civil::Date;
use std::borrow::Cow;

/// What the resolver is told about an article.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The article's text.
    pub text: &'a Text,
    /// Its sentences, in order, of every region.
    pub sentences: &'a [Span],
    /// Its date, which decides between aliases that are valid at different times.
    pub published: Option<Date>,
}

/// A mention with the actor it stands for, if any, and the reason.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedMention {
    /// The name.
    pub mention: Mention,
    /// Index into [`Resolution::actors`].
    pub actor: Option<usize>,
    /// What linked it, or why it was left alone; snake_case.
    pub rule: &'static str,
    /// The words in the text that prove the link (the definition, the full name), if the rule has any.
    pub evidence: Option<Span>,
}

/// An actor as the article has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The book's slug, or `new:<type>:<slug of the full name>` for one that the book does not know.
    pub id: String,
    /// The canonical name; for an unknown actor its full name as first written.
    pub name: String,
    /// armed_group, government, person, ... (the book's), or person/organization for an unknown one.
    pub kind: Cow<'static, str>,
    /// ISO 3166-1 alpha-2, where the actor belongs to one country.
    pub country: Option<String>,
    /// Wikidata id, where certain.
    pub qid: Option<String>,
    /// Id of the actor of which this is a part.
    pub parent: Option<String>,
    /// True for an actor of the book.
    pub known: bool,
    /// Indexes into [`Resolution::mentions`].
    pub mentions: Vec<usize>,
}

/// An article's mentions, in order and disjoint, and the actors that they name, in order of first mention.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    /// The mentions, one for each that was passed in, in the same order.
    pub mentions: Vec<ResolvedMention>,
    /// The actors.
    pub actors: Vec<Actor>,
}

/// The actor book with its index: built once, shared by all workers.
#[derive(Debug)]
pub struct Book {
    digest: String,
}

/// Why a book cannot be used: file, line, what is wrong, and the remedy.
#[derive(Debug, thiserror::Error)]
#[error("{file}:{line}: {problem}")]
pub struct BookError {
    /// The book's file.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
    /// What is wrong and how to mend it.
    pub problem: String,
}

impl Book {
    /// The book that is built into the program.
    ///
    /// # Errors
    /// A fault in the book's data files; the project's tests make sure that there is none.
    pub fn embedded() -> Result<Self, BookError> {
        Ok(Self {
            digest: "stub".into(),
        })
    }

    /// SHA-256 (hex) of the book's data, which a run's receipts name.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Mends what the tagger left, by names that the book is sure of: a name cut in two or labelled
    /// by halves is made whole ("Islamic State", "Afghan Local Police"), a sure name that the
    /// tagger missed is added, and its type is set right. In order, disjoint.
    pub fn mend(&self, context: Context<'_>, mentions: Vec<Mention>) -> Vec<Mention> {
        let _ = context;
        mentions
    }

    /// Says who each mention is.
    pub fn resolve(&self, context: Context<'_>, mentions: &[Mention]) -> Resolution {
        let _ = context;
        Resolution {
            mentions: mentions
                .iter()
                .map(|m| ResolvedMention {
                    mention: *m,
                    actor: None,
                    rule: "unresolved",
                    evidence: None,
                })
                .collect(),
            actors: Vec::new(),
        }
    }
}

/// Used by the stub only.
pub type Kind = EntityType;
