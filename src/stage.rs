//! The stages of an article's way, and who is told when each has ended.
//!
//! What annotates never looks at a clock: it says which stage has ended, and only `bench` listens. For everybody else the
//! listener is `()`, of which the compiler leaves nothing.

/// What is done with an article, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Raw records cut out of their files, on the reader's own thread.
    Read,
    /// Raw record to article: charset, fields, digests.
    Parse,
    /// Regions of the page, and its date.
    Regions,
    /// Sentences.
    Sentences,
    /// Word pieces and words, and the windows that the engine reads.
    Windows,
    /// The engine: windows to label scores.
    Tag,
    /// Label scores to names.
    Decode,
    /// Names mended by the actor book.
    Mend,
    /// Numbers, what they count, and dates.
    Numbers,
    /// Names to actors.
    Resolve,
    /// The record, and its line of JSON.
    Record,
}

impl Stage {
    /// All of them, in order.
    pub const ALL: [Self; 11] = [
        Self::Read,
        Self::Parse,
        Self::Regions,
        Self::Sentences,
        Self::Windows,
        Self::Tag,
        Self::Decode,
        Self::Mend,
        Self::Numbers,
        Self::Resolve,
        Self::Record,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Parse => "parse",
            Self::Regions => "regions",
            Self::Sentences => "sentences",
            Self::Windows => "windows",
            Self::Tag => "tag",
            Self::Decode => "decode",
            Self::Mend => "mend",
            Self::Numbers => "numbers",
            Self::Resolve => "resolve",
            Self::Record => "record",
        }
    }
}

/// Who is told when a stage has ended. A stage ends many times: for each article, or for each chunk.
pub trait Observer {
    /// All work since the last call was this stage's.
    fn ended(&mut self, stage: Stage);
}

/// Nobody.
impl Observer for () {
    #[inline]
    fn ended(&mut self, _: Stage) {}
}
