//! What was done to a record so that it could be used, or could not be read in it.
//!
//! A warning never stands for lost text: what is lost is a reject.

/// A warning about one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputWarning {
    /// What kind.
    pub code: WarningCode,
    /// The particulars.
    pub detail: String,
}

impl InputWarning {
    pub(super) fn new(code: WarningCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }
}

macro_rules! codes {
    ($($variant:ident $code:literal $meaning:literal)*) => {
        /// What a warning is about; stable snake_case names.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
            serde::Serialize, serde::Deserialize, schemars::JsonSchema,
        )]
        pub enum WarningCode {
            $(#[doc = $meaning] #[serde(rename = $code)] $variant,)*
        }

        impl WarningCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as it is written.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// What it means, in a sentence.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }
    };
}

codes! {
    CharsetWindows1252 "charset_windows_1252"
        "The record is not UTF-8 and was decoded as Windows-1252."
    CharsetOverridden "charset_overridden"
        "The page says that it is in another charset, and was read as UTF-8, which it is."
    UndecodableBytes "undecodable_bytes"
        "Some bytes of the page are not of its charset; U+FFFD stands in their place."
    WarcTruncated "warc_truncated"
        "The archive holds only the beginning of the page."
    LoneSurrogate "lone_surrogate"
        "A JSON escape was one half of a character; U+FFFD stands in its place."
    NanAsNull "nan_as_null"
        "JSON has no NaN or Infinity; null stands in its place."
    DuplicateKey "duplicate_key"
        "A key stands twice in the object; the last value was used."
    MalformedSeparator "malformed_separator"
        "The commas between this record and the one before are too many or too few."
    Resynchronised "resynchronised"
        "The file is broken before this record, which was found again by the way records open there."
    ColumnNotRead "column_not_read"
        "Columns of the Parquet file that hold lists or maps were not read."
    NulCharacter "nul_character"
        "The text holds U+0000, which some databases refuse."
    AmbiguousDate "ambiguous_date"
        "Day and month of the date cannot be told apart; state their order."
    UnreadableDate "unreadable_date"
        "The date field holds no date that is understood."
}

impl std::fmt::Display for WarningCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_written_by_serde_as_it_is_by_us() {
        for code in WarningCode::ALL {
            let written = serde_json::to_value(code).expect("a code is a string");
            assert_eq!(written, code.as_str());
        }
    }
}
