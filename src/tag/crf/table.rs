//! A table from hashes to small values, as the model file holds it.
//!
//! Entries lie in buckets by the upper bits of their hash; in a bucket the lower 32 bits tell them apart. A
//! hash that was never put in is taken for another with a probability of about one in a thousand million.

use super::read::Reader;
use crate::tag::ModelError;

/// See the module.
#[derive(Debug)]
pub struct Table<V> {
    /// How far a hash is shifted to give its bucket.
    shift: u32,
    /// Where each bucket begins among the entries, and where the last one ends.
    starts: Vec<u32>,
    prints: Vec<u32>,
    values: Vec<V>,
}

impl<V: Copy> Table<V> {
    /// Reads a table whose values have `N` bytes each.
    ///
    /// # Errors
    /// The file ends early, or its buckets do not fit its entries.
    pub fn read<const N: usize>(
        reader: &mut Reader<'_>,
        value: impl Fn([u8; N]) -> V,
    ) -> Result<Self, ModelError> {
        let bits = reader.u32()?;
        if !(1..=24).contains(&bits) {
            return Err(reader.fault("a table's number of buckets is out of range"));
        }
        let entries = reader.length()?;
        let starts: Vec<u32> = reader.rows((1 << bits) + 1, u32::from_le_bytes)?;
        let prints: Vec<u32> = reader.rows(entries, u32::from_le_bytes)?;
        let values = reader.rows(entries, value)?;
        let rising = starts.windows(2).all(|pair| pair.first() <= pair.last());
        if !rising || starts.last().map(|&end| end as usize) != Some(entries) {
            return Err(reader.fault("a table's buckets do not fit its entries"));
        }
        Ok(Self {
            shift: 64 - bits,
            starts,
            prints,
            values,
        })
    }

    /// The value of a hash.
    pub fn get(&self, hash: u64) -> Option<&V> {
        let bucket = (hash >> self.shift) as usize;
        let (start, end) = match self.starts.get(bucket..bucket + 2)? {
            [start, end] => (*start as usize, *end as usize),
            _ => return None,
        };
        let place = self
            .prints
            .get(start..end)?
            .iter()
            .position(|&print| print == hash as u32)?;
        self.values.get(start + place)
    }
}
