//! Reading the model file: little-endian numbers in a row, each length checked before it is believed.

use crate::tag::ModelError;

/// The file's name in a model folder.
pub const FILE: &str = "model.crf";

/// What is left of the file.
pub struct Reader<'a> {
    rest: &'a [u8],
    length: usize,
}

impl<'a> Reader<'a> {
    /// From the file's bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes,
            length: bytes.len(),
        }
    }

    /// A fault at the place that has been reached.
    pub fn fault(&self, problem: &str) -> ModelError {
        let byte = self.length - self.rest.len();
        ModelError::in_file(
            FILE,
            &format!("{problem} (before byte {byte}); copy it anew"),
        )
    }

    /// The next bytes.
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or_else(|| self.fault("the file ends early"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// So many values of `N` bytes.
    pub fn rows<const N: usize, V>(
        &mut self,
        count: usize,
        value: impl Fn([u8; N]) -> V,
    ) -> Result<Vec<V>, ModelError> {
        let size = count.checked_mul(N);
        let bytes = self.bytes(size.ok_or_else(|| self.fault("a length is out of range"))?)?;
        let (rows, _) = bytes.as_chunks::<N>();
        Ok(rows.iter().map(|row| value(*row)).collect())
    }

    /// The next number.
    pub fn u32(&mut self) -> Result<u32, ModelError> {
        let [value] = self.array(u32::from_le_bytes)?;
        Ok(value)
    }

    /// The next number, as a length.
    pub fn length(&mut self) -> Result<usize, ModelError> {
        Ok(self.u32()? as usize)
    }

    /// So many values as an array.
    pub fn array<const N: usize, V, const COUNT: usize>(
        &mut self,
        value: impl Fn([u8; N]) -> V,
    ) -> Result<[V; COUNT], ModelError> {
        let rows = self.rows(COUNT, value)?;
        let short = self.fault("the file ends early");
        rows.try_into().map_err(|_| short)
    }

    /// The end of the file.
    pub fn end(&self) -> Result<(), ModelError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.fault("there is more in it than the model"))
        }
    }
}
