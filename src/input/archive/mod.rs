//! An archive as one stream of raw records and rejects: those of its members, in its order.
//!
//! Nothing is laid on the disk under a member's name, so a name is never more than a name: `..` and what is not
//! UTF-8 do no harm. Every member is accounted for: what is no file, or no file of articles, is a record that is not
//! read; an archive inside an archive is refused. Folders hold nothing and are passed over.

mod tar;
mod zip;

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

pub(super) use self::tar::Tar;
pub(super) use self::zip::Zip;

use super::budget::Budget;
use super::capture::Capture;
use super::format::of_name;
use super::records::{Bytes, Records, What};
use super::source::Fault;
use super::{Format, Limits, Payload, RawRecord, Reject, RejectCode};

/// What stands next in an archive.
pub(super) enum Entry {
    /// A member.
    Member(Member),
    /// No member, but these bytes; the next member can be found.
    Damage(Capture, String),
    /// Nothing that can be found any more; with what was left.
    Broken(Capture, Fault),
    /// The end.
    End,
}

/// A member.
pub(super) struct Member {
    /// Its path, without a leading `./`; U+FFFD stands for what is not UTF-8.
    pub(super) name: String,
    /// Its length in bytes, as the archive says.
    pub(super) bytes: u64,
    pub(super) content: Content,
}

/// What a member is.
pub(super) enum Content {
    /// A file.
    File(Box<dyn Read + Send>),
    /// A folder.
    Folder,
    /// Neither, in words.
    Other(&'static str),
    /// A file that cannot be unpacked, and why.
    Unreadable(String),
}

/// A format of archives.
pub(super) trait Archive {
    /// Goes on to the next member, behind the one before, however much of that was read.
    fn next_entry(&mut self) -> Entry;

    /// What broke the archive while a member was read: its place in the archive, and the fault.
    fn fault(&self) -> Option<(u64, Fault)>;

    /// Bytes read so far of the archive as it lies there.
    fn bytes_read(&self) -> u64;
}

/// The records of all members.
pub(super) struct Members {
    archive: Box<dyn Archive + Send>,
    what: What,
    limits: Limits,
    budget: Budget,
    open: Option<(Arc<str>, Records)>,
    /// How many records and rejects there were.
    count: u64,
    finished: bool,
}

impl Members {
    pub(super) fn new(
        archive: Box<dyn Archive + Send>,
        what: What,
        limits: Limits,
        budget: &Budget,
    ) -> Self {
        Self {
            archive,
            what,
            limits,
            budget: budget.clone(),
            open: None,
            count: 0,
            finished: false,
        }
    }

    /// Bytes read so far of the archive as it lies there.
    pub(super) fn bytes_read(&self) -> u64 {
        self.archive.bytes_read()
    }

    /// True once there is nothing more.
    pub(super) fn is_finished(&self) -> bool {
        self.finished
    }

    /// The next record of the member that is open, if one is and has one.
    fn next_of_member(&mut self) -> Option<Result<RawRecord, Reject>> {
        let (name, records) = self.open.as_mut()?;
        let item = records.next();
        let (name, finished) = (Arc::clone(name), records.is_finished());
        if finished {
            self.open = None;
        }
        // What is at hand is used first: the member's last item tells the fault.
        let fault = self.archive.fault().filter(|_| finished);
        self.finished |= fault.is_some();
        let told = |fault: &Fault, byte| {
            let code = of_archive(fault.code);
            let reason = format!("{}, at byte {byte} of the archive", fault.reason);
            (code, format!("{reason}; {}", code.remedy()))
        };
        match (item, fault) {
            (Some(Err(reject)), Some((byte, fault))) => {
                let (code, reason) = told(&fault, byte);
                Some(Err(Reject {
                    code,
                    reason,
                    member: Some(name),
                    ..reject
                }))
            }
            (Some(Err(reject)), None) => {
                // The budget is the whole archive's, so that nothing of it can be read any more.
                self.finished |= reject.code == RejectCode::UnpackedTooLarge;
                Some(Err(Reject {
                    member: Some(name),
                    ..reject
                }))
            }
            (Some(Ok(raw)), _) => Some(Ok(RawRecord {
                member: Some(name),
                ..raw
            })),
            (None, Some((byte, fault))) => {
                let (code, reason) = told(&fault, byte);
                let reject = Capture::new(byte, 0).reject(code, &self.what.path, self.count, "");
                Some(Err(Reject { reason, ..reject }))
            }
            (None, None) => None,
        }
    }

    /// Opens a member, or says what stands for it.
    fn begin(&mut self, member: Member) -> Option<Result<RawRecord, Reject>> {
        let (known, compression) = of_name(Path::new(&member.name));
        let name: Arc<str> = member.name.into();
        let format = self.what.members.or(known);
        let reject = |code, reason: String| {
            let reject = Capture::new(0, 0).reject(code, &self.what.path, 0, reason);
            Some(Err(Reject {
                member: Some(Arc::clone(&name)),
                raw_bytes: member.bytes,
                ..reject
            }))
        };
        let not_read = |why: &str| {
            Some(Ok(RawRecord {
                path: Arc::clone(&self.what.path),
                member: Some(Arc::clone(&name)),
                record: 0,
                byte: 0,
                bytes: Vec::new(),
                payload: Payload::NotRead(why.to_owned()),
                warnings: Vec::new(),
                transcoded: false,
            }))
        };
        let reader = match member.content {
            Content::Folder => return None,
            Content::Other(what) => return not_read(what),
            _ if is_hidden(&name) => {
                return not_read("its path is hidden: a part begins with a dot");
            }
            Content::File(_) | Content::Unreadable(_) if known.is_some_and(Format::is_archive) => {
                let reason = "this is an archive inside an archive".to_owned();
                return reject(RejectCode::NestedArchive, reason);
            }
            Content::File(_) | Content::Unreadable(_) if format.is_none() => {
                return not_read("its extension is none that is read");
            }
            Content::Unreadable(why) => return reject(RejectCode::MemberUnreadable, why),
            Content::File(reader) => reader,
        };
        let what = What {
            path: Arc::clone(&self.what.path),
            format: format?,
            members: None,
            compression,
        };
        let bytes = Ok(Bytes::Stream(reader));
        let records = Records::of(bytes, what, self.limits, &self.budget);
        self.open = Some((name, records));
        None
    }
}

/// The code for a fault of the archive's own bytes, which is told from one of a member by it.
fn of_archive(code: RejectCode) -> RejectCode {
    match code {
        RejectCode::TruncatedStream => RejectCode::ArchiveCut,
        RejectCode::CorruptStream | RejectCode::DecompressionBomb => RejectCode::ArchiveBroken,
        other => other,
    }
}

/// True where a part of the path is hidden, as of files in folders.
fn is_hidden(name: &str) -> bool {
    name.split('/')
        .any(|part| part.starts_with('.') && part != "." && part != "..")
}

/// A member's path as records have it.
fn name_of(path: &[u8]) -> String {
    let name = String::from_utf8_lossy(path);
    let mut name = &*name;
    while let Some(rest) = name.strip_prefix("./") {
        name = rest.trim_start_matches('/');
    }
    name.to_owned()
}

impl Iterator for Members {
    type Item = Result<RawRecord, Reject>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.finished {
            if let Some(item) = self.next_of_member() {
                self.count += 1;
                return Some(item);
            }
            if self.finished || self.open.is_some() {
                continue;
            }
            let path = Arc::clone(&self.what.path);
            let item = match self.archive.next_entry() {
                Entry::Member(member) => self.begin(member),
                Entry::Damage(piece, reason) => {
                    let code = RejectCode::ArchiveDamaged;
                    Some(Err(piece.reject(code, &path, self.count, reason)))
                }
                Entry::Broken(piece, fault) => {
                    self.finished = true;
                    let code = of_archive(fault.code);
                    Some(Err(piece.reject(code, &path, self.count, fault.reason)))
                }
                Entry::End => {
                    self.finished = true;
                    None
                }
            };
            if let Some(item) = item {
                self.count += 1;
                return Some(item);
            }
        }
        None
    }
}
