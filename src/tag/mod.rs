//! Names in a text: windows of whole sentences, an engine behind one trait, and decoding.

use crate::text::Span;

/// What a name is; the types of OntoNotes with GPE inside LOC.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum EntityType {
    /// A named human being.
    Person,
    /// An organisation: party, ministry, company, armed group, outlet.
    Org,
    /// A place: country, province, city, river.
    Loc,
    /// A nationality, religion or political group, as adjective or noun.
    Norp,
    /// A building, airport, road, bridge.
    Fac,
    /// A named war, battle, storm, festival.
    Event,
    /// A named thing that is made: weapon, vehicle, work, law.
    Product,
    /// Any other name.
    Misc,
}

/// A name in the text, before anyone asks who is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// Where.
    pub span: Span,
    /// What kind of name.
    pub kind: EntityType,
    /// The tagger's probability for it, 0 to 1.
    pub score: f32,
}
