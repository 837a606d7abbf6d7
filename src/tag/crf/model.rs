//! The model file: which features there are, what each says for every label, what follows what; clusters and listed names.
//!
//! ```text
//! "HCCRF\0" version:u16 · knots:u32, each f32 f32 · step:f32 · transitions:f32×17×17 (from, to)
//! · table of features → i8×16 · coarse clusters:u32, fine clusters:u32 · table of words → u16 coarse, u16 fine
//! · table of beginnings of names → u8
//! ```
//! The labels are outside, then begin and inside of each type, in the order of [`EntityType::ALL`].
//! A weight is a number of steps, and says how much a feature speaks for a label beside outside: adding the same to
//! all labels of a word changes nothing, so outside always has 0 and needs no column. `scripts/train/crf_export.py` writes it.

use super::hash::fnv;
use super::read::{FILE, Reader};
use super::table::Table;
use crate::tag::{Calibration, EntityType, Label, ModelError};

/// How many labels there are: outside, then begin and inside of each type.
pub const LABELS: usize = 1 + 2 * EntityType::ALL.len();
/// The columns of a feature's weights: all labels but outside.
pub const COLUMNS: usize = LABELS - 1;

const MAGIC: &[u8] = b"HCCRF\0\x01\0";
/// In a listed name's byte: longer names begin with it.
const GOES_ON: u8 = 0x80;

/// See the module.
#[derive(Debug)]
pub struct Model {
    /// The labels by column, outside first.
    pub labels: [Label; LABELS],
    /// What its scores are worth.
    pub calibration: Calibration,
    /// What one step of a weight is worth.
    pub step: f32,
    /// The score of a label (second index) after another (first); minus infinity where it may not follow.
    pub transitions: [[f32; LABELS]; LABELS],
    features: Table<[i8; COLUMNS]>,
    /// Hashes of the clusters' numbers, as values of features.
    coarse: Vec<u64>,
    fine: Vec<u64>,
    clusters: Table<(u16, u16)>,
    listed: Table<u8>,
}

/// A sequence of words in the list of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The kind of actor, as a letter, where the sequence is a whole name.
    pub kind: Option<u8>,
    /// Longer names begin with it.
    pub goes_on: bool,
}

impl Model {
    /// From the bytes of `model.crf`.
    ///
    /// # Errors
    /// What is wrong in the file, and where.
    pub fn new(file: &[u8]) -> Result<Self, ModelError> {
        let labels = labels();
        let mut reader = Reader::new(file);
        if reader.bytes(MAGIC.len())? != MAGIC {
            let problem = "it is no model of this version of the program; make it with scripts/train/crf_export.py";
            return Err(ModelError::in_file(FILE, &problem));
        }
        let knots = reader.length()?;
        let knots = reader.rows(knots, |[a, b, c, d, e, f, g, h]: [u8; 8]| {
            (
                f32::from_le_bytes([a, b, c, d]),
                f32::from_le_bytes([e, f, g, h]),
            )
        })?;
        let calibration = Calibration::new(knots).map_err(|problem| reader.fault(&problem))?;
        let [step] = reader.array(f32::from_le_bytes)?;
        if !(step.is_finite() && step > 0.0) {
            return Err(reader.fault("a weight's step is not above 0"));
        }
        let mut transitions = [[0.0; LABELS]; LABELS];
        for (row, from) in transitions.iter_mut().zip(labels) {
            *row = reader.array(f32::from_le_bytes)?;
            for (score, to) in row.iter_mut().zip(labels) {
                if !score.is_finite() {
                    return Err(reader.fault("a transition's score is no number"));
                }
                if !to.may_follow(from) {
                    *score = f32::NEG_INFINITY;
                }
            }
        }
        let features = Table::read(&mut reader, |row: [u8; COLUMNS]| {
            row.map(|weight| i8::from_le_bytes([weight]))
        })?;
        let numbers = |count: usize| {
            (0..count)
                .map(|number| fnv(number.to_string().as_bytes()))
                .collect()
        };
        let (coarse, fine) = (reader.length()?, reader.length()?);
        if coarse.max(fine) > usize::from(u16::MAX) {
            return Err(reader.fault("there are too many clusters"));
        }
        let clusters = Table::read(&mut reader, |[a, b, c, d]: [u8; 4]| {
            (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]))
        })?;
        let listed = Table::read(&mut reader, |[byte]: [u8; 1]| byte)?;
        reader.end()?;
        Ok(Self {
            labels,
            calibration,
            step,
            transitions,
            features,
            coarse: numbers(coarse),
            fine: numbers(fine),
            clusters,
            listed,
        })
    }

    /// What a feature says for every label but outside, in steps.
    pub fn weights(&self, feature: u64) -> Option<&[i8; COLUMNS]> {
        self.features.get(feature)
    }

    /// The coarse and the fine cluster of a word as values of features; those of nothing where it has none.
    pub fn clusters(&self, word: u64) -> (u64, u64) {
        let none = super::hash::EMPTY;
        let (coarse, fine) = match self.clusters.get(word) {
            Some((coarse, fine)) => (
                self.coarse.get(usize::from(*coarse)),
                self.fine.get(usize::from(*fine)),
            ),
            None => (None, None),
        };
        (
            coarse.copied().unwrap_or(none),
            fine.copied().unwrap_or(none),
        )
    }

    /// What the list of names has under a sequence of words.
    pub fn listed(&self, sequence: u64) -> Option<Listed> {
        let byte = *self.listed.get(sequence)?;
        Some(Listed {
            kind: Some(byte & !GOES_ON).filter(|kind| *kind != 0),
            goes_on: byte & GOES_ON != 0,
        })
    }
}

/// The labels by column.
pub fn labels() -> [Label; LABELS] {
    let mut labels = [Label::Outside; LABELS];
    let of_types = EntityType::ALL
        .into_iter()
        .flat_map(|kind| [Label::Begin(kind), Label::Inside(kind)]);
    for (label, of_type) in labels.iter_mut().skip(1).zip(of_types) {
        *label = of_type;
    }
    labels
}
