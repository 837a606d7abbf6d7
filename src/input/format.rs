//! What a file holds and how it is packed, by its name.
//!
//! Guesses nothing from a file's content; the decompressor alone checks the packing against the
//! first bytes.

use std::path::Path;
use std::str::FromStr;

/// How a file holds its records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// The file is one article.
    Text,
    /// The file is one page, from which the article is taken.
    Html,
    /// Web archive: what a crawler fetched, record after record (ISO 28500).
    Warc,
    /// One JSON object a line.
    JsonLines,
    /// An array of objects, objects one after the other, or one object.
    Json,
    /// Rows under a header row; the separator is the comma, or, where the header has none, `;`, tab or `|`.
    Csv,
    /// Rows under a header row, separated by tabs.
    Tsv,
    /// Rows of a table that is stored column by column (Apache Parquet).
    Parquet,
    /// An archive of files of the other formats (POSIX pax, ustar, GNU).
    Tar,
    /// An archive of files of the other formats, with a directory at its end (APPNOTE.TXT of PKWARE).
    Zip,
}

/// Name of each format and the extensions that stand for it.
const FORMATS: [(Format, &str, &[&str]); 10] = [
    (Format::Text, "text", &["txt", "text"]),
    (Format::Html, "html", &["html", "htm", "xhtml"]),
    (Format::Warc, "warc", &["warc"]),
    (Format::JsonLines, "jsonl", &["jsonl", "ndjson"]),
    (Format::Json, "json", &["json"]),
    (Format::Csv, "csv", &["csv"]),
    (Format::Tsv, "tsv", &["tsv"]),
    (Format::Parquet, "parquet", &["parquet", "pq"]),
    (Format::Tar, "tar", &["tar"]),
    (Format::Zip, "zip", &["zip"]),
];

impl Format {
    /// Its name, as an option has it: `text`, `html`, `warc`, `jsonl`, `json`, `csv`, `tsv`, `parquet`, `tar` or `zip`.
    pub fn name(self) -> &'static str {
        FORMATS
            .iter()
            .find(|(format, ..)| *format == self)
            .map_or("", |(_, name, _)| name)
    }

    /// True for a file of files.
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Tar | Self::Zip)
    }

    /// True for what is read from its end, and so cannot be a pipe.
    pub fn needs_seeking(self) -> bool {
        matches!(self, Self::Parquet | Self::Zip)
    }

    /// The names of all formats.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|(_, name, _)| *name)
    }

    fn of_extension(extension: &str) -> Option<Self> {
        FORMATS
            .iter()
            .find(|(.., extensions)| extensions.contains(&extension))
            .map(|(format, ..)| *format)
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let lower = name.to_ascii_lowercase();
        FORMATS
            .iter()
            .find(|(_, format_name, _)| *format_name == lower)
            .map(|(format, ..)| *format)
            .or_else(|| Self::of_extension(&lower))
            .ok_or_else(|| {
                let names: Vec<&str> = Self::names().collect();
                format!(
                    "`{name}` is no input format; use one of {}",
                    names.join(", ")
                )
            })
    }
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compression {
    /// Not at all.
    None,
    /// gzip (RFC 1952), of one or several members.
    Gzip,
    /// Zstandard (RFC 8878), of one or several frames.
    Zstd,
}

impl Compression {
    /// The usual word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "not compressed",
            Self::Gzip => "gzip",
            Self::Zstd => "Zstandard",
        }
    }
}

/// The format that a file's name promises, if any.
pub fn format_of(path: &Path) -> Option<Format> {
    of_name(path).0
}

/// Format and packing that a file's name promises; no format for an unknown extension.
pub(super) fn of_name(path: &Path) -> (Option<Format>, Compression) {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default();
    let name = match name.strip_suffix(".tgz").or(name.strip_suffix(".taz")) {
        Some(stem) => format!("{stem}.tar.gz"),
        None => match name.strip_suffix(".tzst") {
            Some(stem) => format!("{stem}.tar.zst"),
            None => name,
        },
    };
    let (stem, compression) = if let Some(stem) = name.strip_suffix(".gz") {
        (stem, Compression::Gzip)
    } else if let Some(stem) = name.strip_suffix(".zst") {
        (stem, Compression::Zstd)
    } else {
        (name.as_str(), Compression::None)
    };
    let format = stem
        .rsplit_once('.')
        .and_then(|(_, extension)| Format::of_extension(extension));
    (format, compression)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_promises_format_and_packing() {
        let cases = [
            ("a/b.txt", Some(Format::Text), Compression::None),
            ("B.JSONL.GZ", Some(Format::JsonLines), Compression::Gzip),
            ("b.ndjson.zst", Some(Format::JsonLines), Compression::Zstd),
            ("b.HTM", Some(Format::Html), Compression::None),
            ("CC-NEWS-1.warc.gz", Some(Format::Warc), Compression::Gzip),
            ("b.tsv", Some(Format::Tsv), Compression::None),
            ("b.parquet", Some(Format::Parquet), Compression::None),
            ("b.TAR", Some(Format::Tar), Compression::None),
            ("b.tgz", Some(Format::Tar), Compression::Gzip),
            ("b.tar.zst", Some(Format::Tar), Compression::Zstd),
            ("b.zip", Some(Format::Zip), Compression::None),
            ("README.md", None, Compression::None),
            ("README.gz", None, Compression::Gzip),
            ("json", None, Compression::None),
        ];
        for (path, format, compression) in cases {
            assert_eq!(of_name(Path::new(path)), (format, compression), "{path}");
        }
    }

    #[test]
    fn a_format_is_read_from_its_own_name() {
        for name in Format::names() {
            assert_eq!(name.parse::<Format>().map(Format::name), Ok(name));
        }
        assert!("pdf".parse::<Format>().is_err());
    }
}
