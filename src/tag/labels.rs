//! Entity types and the BIO labels of a model.

use std::collections::BTreeMap;

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
    /// A named thing that is made and sold or used: weapon, vehicle, ship, medicine.
    Product,
    /// Any other name: work, law, treaty, language, award.
    Misc,
}

impl EntityType {
    /// Every type, in the order of the record's documentation.
    pub const ALL: [EntityType; 8] = [
        EntityType::Person,
        EntityType::Org,
        EntityType::Loc,
        EntityType::Norp,
        EntityType::Fac,
        EntityType::Event,
        EntityType::Product,
        EntityType::Misc,
    ];

    /// As the record writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            EntityType::Person => "PERSON",
            EntityType::Org => "ORG",
            EntityType::Loc => "LOC",
            EntityType::Norp => "NORP",
            EntityType::Fac => "FAC",
            EntityType::Event => "EVENT",
            EntityType::Product => "PRODUCT",
            EntityType::Misc => "MISC",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// One label of the BIO scheme (Ramshaw and Marcus 1995, as CoNLL-2003's IOB2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// No name.
    Outside,
    /// The first word of a name.
    Begin(EntityType),
    /// A further word of a name.
    Inside(EntityType),
}

impl Label {
    /// The type of the name, if any.
    pub fn kind(self) -> Option<EntityType> {
        match self {
            Label::Outside => None,
            Label::Begin(kind) | Label::Inside(kind) => Some(kind),
        }
    }

    /// True where this label may come after `previous`: an inside only after the same type.
    pub fn may_follow(self, previous: Label) -> bool {
        match self {
            Label::Inside(kind) => previous.kind() == Some(kind),
            Label::Outside | Label::Begin(_) => true,
        }
    }
}

impl std::str::FromStr for Label {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        if name == "O" {
            return Ok(Label::Outside);
        }
        let unknown = || format!("label `{name}` is not O, B-TYPE or I-TYPE with a known type");
        let (prefix, kind) = name.split_once('-').ok_or_else(unknown)?;
        let kind = EntityType::from_name(kind).ok_or_else(unknown)?;
        match prefix {
            "B" => Ok(Label::Begin(kind)),
            "I" => Ok(Label::Inside(kind)),
            _ => Err(unknown()),
        }
    }
}

/// The labels of a model, by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSet(Vec<Label>);

impl LabelSet {
    /// From `id2label` of a Hugging Face `config.json`.
    ///
    /// # Errors
    /// A label that is not BIO with our types, an id that is no number, or ids with a gap.
    pub fn from_id2label(id2label: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut labels = vec![None; id2label.len()];
        for (id, name) in id2label {
            let slot = id
                .parse::<usize>()
                .ok()
                .and_then(|id| labels.get_mut(id))
                .ok_or_else(|| format!("id2label has id `{id}`, which is out of sequence"))?;
            *slot = Some(name.parse::<Label>()?);
        }
        let labels: Option<Vec<Label>> = labels.into_iter().collect();
        match labels {
            Some(labels) if !labels.is_empty() => Ok(Self(labels)),
            _ => Err("id2label is empty or names an id twice".to_owned()),
        }
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True for no labels, which `from_id2label` refuses.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The labels in the order of their columns.
    pub fn iter(&self) -> impl Iterator<Item = Label> + '_ {
        self.0.iter().copied()
    }
}
