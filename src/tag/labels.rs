//! Entity types, and the labels of a model: one for each column of its output.

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

    /// The type that the record writes so.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What a label says of a word, in the schemes that models come with: BIO (Ramshaw and Marcus 1995, as CoNLL-2003's
/// IOB2), IO, and BIOES (also called BILOU; Ratinov and Roth 2009). Which labels may stand beside each other is theirs alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// No name.
    Outside,
    /// BIO: the first word of a name.
    Begin(EntityType),
    /// BIO: a further word of a name.
    Inside(EntityType),
    /// IO: any word of a name. Neighbours of one type are one name.
    Any(EntityType),
    /// BIOES: the first of several words.
    First(EntityType),
    /// BIOES: neither the first nor the last word.
    Middle(EntityType),
    /// BIOES: the last of several words.
    Last(EntityType),
    /// BIOES: the only word of a name.
    Only(EntityType),
}

impl Label {
    /// The type of the name, if any.
    pub fn kind(self) -> Option<EntityType> {
        match self {
            Label::Outside => None,
            Label::Begin(kind)
            | Label::Inside(kind)
            | Label::Any(kind)
            | Label::First(kind)
            | Label::Middle(kind)
            | Label::Last(kind)
            | Label::Only(kind) => Some(kind),
        }
    }

    /// True where this label may come after `previous`: what goes on with a name only after the same type, and a name of several
    /// words in BIOES only until its last.
    pub fn may_follow(self, previous: Label) -> bool {
        match self {
            Label::Inside(kind) => previous.kind() == Some(kind),
            Label::Middle(kind) | Label::Last(kind) => {
                !previous.may_end() && previous.kind() == Some(kind)
            }
            Label::Outside | Label::Begin(_) | Label::Any(_) | Label::First(_) | Label::Only(_) => {
                previous.may_end()
            }
        }
    }

    /// True where a sentence may end after this label.
    pub fn may_end(self) -> bool {
        !matches!(self, Label::First(_) | Label::Middle(_))
    }

    /// True where the word belongs to the same name as the word before it.
    pub fn continues(self, previous: Label) -> bool {
        match self {
            Label::Inside(_) | Label::Middle(_) | Label::Last(_) => true,
            Label::Any(kind) => previous.kind() == Some(kind),
            Label::Outside | Label::Begin(_) | Label::First(_) | Label::Only(_) => false,
        }
    }
}

/// The labels of a model, and which columns of its output stand for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSet {
    labels: Vec<Label>,
    /// For each column the place of its label. Several columns may mean the same here (`B-GPE` and `B-LOC`).
    columns: Vec<usize>,
}

impl LabelSet {
    /// From the label of each column, in order.
    ///
    /// # Errors
    /// No column stands for "no name".
    pub fn new(columns: impl IntoIterator<Item = Label>) -> Result<Self, String> {
        let mut labels = Vec::new();
        let columns = columns
            .into_iter()
            .map(|label| {
                let known = labels.iter().position(|known| *known == label);
                known.unwrap_or_else(|| {
                    labels.push(label);
                    labels.len() - 1
                })
            })
            .collect();
        if labels.contains(&Label::Outside) {
            Ok(Self { labels, columns })
        } else {
            Err("id2label has no `O`, the label of what is no name".to_owned())
        }
    }

    /// How many labels there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// True for no labels, which `new` refuses.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The labels.
    pub fn iter(&self) -> impl Iterator<Item = Label> + '_ {
        self.labels.iter().copied()
    }

    /// How many columns the model's output has.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// For each column the place of its label, where several columns mean the same; else none, for columns and labels
    /// are then alike.
    pub(super) fn merged(&self) -> Option<&[usize]> {
        (self.columns.len() > self.labels.len()).then_some(&self.columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: EntityType = EntityType::Person;
    const ORG: EntityType = EntityType::Org;

    #[test]
    fn a_name_goes_on_only_in_its_own_type_and_scheme() {
        use Label::*;
        for (label, previous, allowed) in [
            (Inside(ORG), Begin(ORG), true),
            (Inside(ORG), Begin(PERSON), false),
            (Inside(ORG), Outside, false),
            (Begin(ORG), Inside(ORG), true),
            (Any(ORG), Any(PERSON), true),
            (Last(ORG), First(ORG), true),
            (Last(ORG), Middle(ORG), true),
            (Last(ORG), Last(ORG), false),
            (Middle(ORG), Only(ORG), false),
            (Last(ORG), First(PERSON), false),
            (Outside, First(ORG), false),
            (Only(ORG), Middle(ORG), false),
            (First(ORG), Last(ORG), true),
        ] {
            assert_eq!(
                label.may_follow(previous),
                allowed,
                "{label:?} after {previous:?}"
            );
        }
    }

    #[test]
    fn columns_of_one_meaning_are_one_label() {
        let labels = LabelSet::new([
            Label::Outside,
            Label::Begin(ORG),
            Label::Outside,
            Label::Begin(ORG),
        ]);
        let labels = labels.expect("labels");
        assert_eq!((labels.len(), labels.columns()), (2, 4));
        assert_eq!(labels.merged(), Some([0, 1, 0, 1].as_slice()));
        assert!(LabelSet::new([Label::Begin(ORG)]).is_err());
    }
}
