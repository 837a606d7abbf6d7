//! How inputs are read: the arguments that `annotate` and `bench` share.

use clap::{Args, ValueEnum};

use super::Failure;
use crate::input::{FieldOptions, Format, Limits};
use crate::text::calendar::DayMonthOrder;

// No doc comment: clap would take it for that of the verb.
#[derive(Debug, Args)]
pub struct InputArguments {
    /// Read all inputs as this format, whatever their names; also those in archives
    #[arg(long, value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(Format::names()))]
    format: Option<String>,

    /// Field that has the text; a dotted path goes into nested objects
    #[arg(long, value_name = "KEY", help_heading = "Fields")]
    text_key: Option<String>,
    /// Field that has the article's id
    #[arg(long, value_name = "KEY", help_heading = "Fields")]
    id_key: Option<String>,
    /// Field that has the title
    #[arg(long, value_name = "KEY", help_heading = "Fields")]
    title_key: Option<String>,
    /// Field that has the date of publication
    #[arg(long, value_name = "KEY", help_heading = "Fields")]
    date_key: Option<String>,
    /// Field that has the URL
    #[arg(long, value_name = "KEY", help_heading = "Fields")]
    url_key: Option<String>,
    /// How to read 04/03/2017 in the date field; auto leaves it unread where both readings are possible
    #[arg(
        long,
        value_name = "ORDER",
        default_value = "auto",
        help_heading = "Fields"
    )]
    date_order: DateOrder,

    /// Take only the first N records
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// The largest record, in MiB; a larger one is rejected. A worker needs about 50 times its article
    #[arg(long, value_name = "MIB", default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=1024))]
    max_record: u64,
    /// How much one input file may be unpacked to, in MiB, all that is packed in it included; what is beyond is rejected
    #[arg(long, value_name = "MIB", default_value_t = 256 << 10, value_parser = clap::value_parser!(u64).range(1..=1 << 40))]
    max_unpacked: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum DateOrder {
    Auto,
    DayFirst,
    MonthFirst,
}

impl InputArguments {
    /// The format, where it was given.
    pub fn format(&self) -> Result<Option<Format>, Failure> {
        let format = self.format.as_deref().map(str::parse::<Format>);
        format.transpose().map_err(Failure::Told)
    }

    /// Which fields of a record are what.
    pub fn fields(&self) -> FieldOptions {
        FieldOptions {
            text_key: self.text_key.clone(),
            id_key: self.id_key.clone(),
            title_key: self.title_key.clone(),
            date_key: self.date_key.clone(),
            url_key: self.url_key.clone(),
            date_order: match self.date_order {
                DateOrder::Auto => DayMonthOrder::Auto,
                DateOrder::DayFirst => DayMonthOrder::DayFirst,
                DateOrder::MonthFirst => DayMonthOrder::MonthFirst,
            },
        }
    }

    /// How large things may be.
    pub fn limits(&self) -> Limits {
        Limits {
            max_record: usize::try_from(self.max_record << 20).unwrap_or(usize::MAX),
            max_unpacked: self.max_unpacked << 20,
            ..Limits::default()
        }
    }
}
