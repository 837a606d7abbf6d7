//! The columns of a file that are read: where each stands in a row, and its cells one after the other.

use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::RowGroupReader;
use parquet::schema::types::SchemaDescriptor;
use serde_json::{Map, Value};

use super::cell::{BadCell, Cell, Meaning};

/// A column that holds one plain value a row, or none.
pub(super) struct Leaf {
    index: usize,
    /// Names from the row down to it.
    path: Vec<String>,
    meaning: Meaning,
    /// The definition level of a value that is there.
    defined: i16,
}

/// A column of a row group, cell by cell.
pub(super) struct Column {
    reader: ColumnReader,
    defined: i16,
    batch: std::vec::IntoIter<Cell>,
}

/// The columns that are read, and the names of those that are not, because their values are many a row.
pub(super) fn leaves(schema: &SchemaDescriptor) -> (Vec<Leaf>, Vec<String>) {
    let (mut leaves, mut left_out) = (Vec::new(), Vec::new());
    for (index, column) in schema.columns().iter().enumerate() {
        let path = column.path().parts().to_vec();
        if column.max_rep_level() > 0 {
            let name = format!("`{}`", path.join("."));
            left_out.push(name);
            continue;
        }
        leaves.push(Leaf {
            index,
            path,
            meaning: Meaning::of(column),
            defined: column.max_def_level(),
        });
    }
    (leaves, left_out)
}

impl Leaf {
    /// Its name, with dots.
    pub(super) fn name(&self) -> String {
        self.path.join(".")
    }

    /// Its column in a row group.
    pub(super) fn column(&self, group: &dyn RowGroupReader) -> Result<Column> {
        Ok(Column {
            reader: group.get_column_reader(self.index)?,
            defined: self.defined,
            batch: Vec::new().into_iter(),
        })
    }

    /// A cell as JSON.
    pub(super) fn value(&self, cell: Cell) -> std::result::Result<Value, BadCell> {
        self.meaning.value(cell)
    }

    /// Puts a value into its row. Of two columns of one path, which no sound writer makes, the last stays.
    pub(super) fn put(&self, row: &mut Map<String, Value>, value: Value) {
        let Some((last, above)) = self.path.split_last() else {
            return;
        };
        let mut map = row;
        for name in above {
            let inner = map
                .entry(name.as_str())
                .or_insert_with(|| Map::new().into());
            match inner {
                Value::Object(inner) => map = inner,
                _ => return,
            }
        }
        map.insert(last.clone(), value);
    }
}

impl Column {
    /// The next cell, for which so many rows may be read at a time.
    pub(super) fn next(&mut self, rows: usize) -> Result<Cell> {
        if let Some(cell) = self.batch.next() {
            return Ok(cell);
        }
        self.batch = self.read(rows)?.into_iter();
        self.batch
            .next()
            .ok_or_else(|| ParquetError::EOF("the column ends before its row group does".into()))
    }

    fn read(&mut self, rows: usize) -> Result<Vec<Cell>> {
        let defined = self.defined;
        match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => cells(reader, rows, defined, Cell::Bool),
            ColumnReader::Int32ColumnReader(reader) => {
                cells(reader, rows, defined, |value| Cell::Int(value.into()))
            }
            ColumnReader::Int64ColumnReader(reader) => cells(reader, rows, defined, Cell::Int),
            ColumnReader::Int96ColumnReader(reader) => {
                cells(reader, rows, defined, |value| Cell::Nanos(value.to_nanos()))
            }
            ColumnReader::FloatColumnReader(reader) => cells(reader, rows, defined, Cell::Float),
            ColumnReader::DoubleColumnReader(reader) => cells(reader, rows, defined, Cell::Double),
            ColumnReader::ByteArrayColumnReader(reader) => {
                cells(reader, rows, defined, Cell::Bytes)
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                cells(reader, rows, defined, |value| Cell::Bytes(value.into()))
            }
        }
    }
}

/// The next cells of a column: its values, with nothing where the definition level says so.
fn cells<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    rows: usize,
    defined: i16,
    cell: impl Fn(T::T) -> Cell,
) -> Result<Vec<Cell>> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    let (records, ..) = reader.read_records(rows, Some(&mut levels), None, &mut values)?;
    let mut values = values.into_iter().map(cell);
    if defined == 0 {
        return Ok(values.collect());
    }
    levels
        .into_iter()
        .take(records)
        .map(|level| match level == defined {
            true => values.next().ok_or_else(|| {
                ParquetError::EOF("the column has fewer values than it says".into())
            }),
            false => Ok(Cell::Null),
        })
        .collect()
}
