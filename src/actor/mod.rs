//! Who is meant: the actor book, and the resolution of an article's names, each with its reason.
//!
//! An article comes with the tagger's mentions. [`Book::mend`] sets them right by names of which the
//! book is sure; [`Book::resolve`] then says who each is, or leaves it alone and says why. Nothing
//! here guesses by likeness of spelling, follows pronouns or "the group", or looks outside the
//! article and the book.
//!
//! # Rules
//!
//! In their order of evidence; `rule` of a [`ResolvedMention`] is one of these names.
//!
//! | rule | actor | when | evidence |
//! |---|---|---|---|
//! | `definition` | yes | the article defines the name: "Islamic State (IS)", "X, also known as Y" | the definition |
//! | `book_exact` | yes | the book has the name as it is written | |
//! | `book_folded` | yes | the book has it but for case, diacritics, apostrophes, hyphens | |
//! | `head` | yes | the book has it without "group", "fighters", "so-called", a title, ... | |
//! | `transliteration` | yes | the book has the long name but for how it is put into Latin letters | |
//! | `composed` | yes | a country with an office: "Kenyan army"; known if the book has that body. A camp under its actor: "supporters of Ann Reed" | the country, where it stands apart |
//! | `home` | yes | a body of state without its country is that of the article's: "the Interior Ministry" | its full name, or a name of the country |
//! | `seat` | yes | a capital that speaks, acts or is dealt with is its government: "Kabul said" | the verb or other cue |
//! | `name_chain` | yes | a part of the name of a person, or the short form of that of an organisation, whom the article names in full | the full name |
//! | `office` | yes | a surname with the title of an office that one of its bearers held then | the title |
//! | `apposition` | yes | a description, asked for by itself, that a full name touches: "the minister, Ann Reed," | the name |
//! | `new_full_name` | yes | a full name that the book does not have | |
//! | `ambiguous` | no | several may be meant, none rather than the other | |
//! | `no_cue` | no | the book has the name, but only for articles on its bearer's country | |
//! | `common_word` | no | IS the verb, US the pronoun; a name in the wrong case | |
//! | `refused_date` | no | the bearer did not exist, or not under that name, at the article's date | |
//! | `single_name` | no | a single name of a person whom nothing identifies | |
//! | `acronym` | no | an acronym that neither the book nor the article explains | |
//! | `generic` | no | says what it is, not which one: "special forces" | |
//! | `not_an_actor` | no | a place, people, event or thing that the book does not have | |
//!
//! # Alternatives
//!
//! Where the choice was close, or none was made, a mention has up to three [`Alternative`]s, each with what speaks for it.
//!
//! | reason | what |
//! |---|---|
//! | `named` | the article has another name of it |
//! | `sure_name` | the name is its own wherever it is written |
//! | `name` | the name is its own, and an everyday name of other things |
//! | `near` | the article names its country, its parent or an ally |
//! | `part_of_name` | the name is a part of its own |
//! | `namesake` | another person of that surname whom the article names |
//! | `office` | held an office of that title too |
//! | `no_cue` | nothing in the article; only where one name is asked for by itself |

mod apposition;
mod bare;
mod body;
mod book;
mod bracket;
mod camp;
mod cast;
mod cell;
mod composable;
mod compose;
mod cue;
mod defined;
mod definition;
mod described;
mod edge;
mod files;
mod fold;
mod full_name;
mod home;
mod ids;
mod import;
mod index;
mod lexicon;
mod link;
mod lint;
mod listing;
mod lookup;
mod mend;
mod merge;
mod office;
mod overlay;
mod owner;
mod person;
mod person_name;
mod query;
mod rank;
mod read;
mod resolve;
mod retype;
mod role;
mod scan;
mod seat;
mod sense;
mod short;
mod spelling;
mod tenure;
#[cfg(test)]
mod tests;
mod thing;
mod title;
mod turned;

pub use import::{Form, ImportError, import};
pub use link::Alternative;
pub use listing::Listing;
pub use mend::BOOK_SCORE;
pub use query::{Answer, Query};

use crate::tag::Mention;
use crate::text::{Span, Text};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::OnceLock;

/// What the resolver is told about an article.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The article's text.
    pub text: &'a Text,
    /// Its sentences, in order, of every region.
    pub sentences: &'a [Span],
    /// Its date, which decides between aliases that are valid at different times.
    pub published: Option<Date>,
    /// Its datelines ("BENI, 4 May -"), in order: what opens one is a place.
    pub datelines: &'a [Span],
    /// What is not of the article: teasers, copyright lines; in order.
    pub boilerplate: &'a [Span],
    /// Who published it, as the input says.
    pub outlet: Option<&'a str>,
}

impl<'a> Context<'a> {
    /// A text of which nothing else is known.
    pub fn bare(text: &'a Text, sentences: &'a [Span]) -> Self {
        Self {
            text,
            sentences,
            published: None,
            datelines: &[],
            boilerplate: &[],
            outlet: None,
        }
    }
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
    /// Who else might have been meant, where the choice was close.
    pub alternatives: Vec<Alternative>,
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
    entries: Vec<book::Entry>,
    ids: ids::Ids,
    index: index::Index,
    /// The state bodies that the book has.
    bodies: FxHashMap<office::Body, usize>,
    /// Actors by their names' keys over transliterations; made when first asked for.
    spellings: OnceLock<spelling::Spellings>,
    /// Ids that were taken out.
    retired: Vec<read::Retired>,
    /// Who held which office when.
    tenures: Vec<tenure::Tenure>,
    /// The same by the words by which the holders are called; made when first asked for.
    holders: OnceLock<tenure::Holders>,
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
        Self::overlaid(&[])
    }

    /// SHA-256 (hex) of the book's data, which a run's receipts name.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// How many actors the book has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True for a book without actors.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Mends what the tagger left, by names that the book is sure of: a name cut in two or labelled
    /// by halves is made whole ("Islamic State", "Afghan Local Police"), a sure name that the
    /// tagger missed is added with [`BOOK_SCORE`], and its type is set right; a demonym grows to the
    /// body of state that it begins ("Kenyan police"). In order, disjoint.
    pub fn mend(&self, context: Context<'_>, mentions: Vec<Mention>) -> Vec<Mention> {
        mend::mend(self, context, mentions)
    }

    /// Says who each mention is, by the rules of the table above.
    pub fn resolve(&self, context: Context<'_>, mentions: &[Mention]) -> Resolution {
        resolve::resolve(self, context, mentions, None)
    }
}
