//! The bytes of a WARC file, plain or in gzip members, with a way past damage.
//!
//! A `.warc.gz` is one gzip member a record, so that a damaged member need cost no other: after one
//! that cannot be unpacked, reading goes on at the next bytes that unpack to the beginning of a record.
//! They are looked for from the damaged member's own beginning, because a member that was cut runs
//! into the next one. Places are those of the file as it lies: of the record, or of the member in
//! which the record begins, which is what indexes of such files (CDX) have.

use std::collections::VecDeque;

use super::super::RejectCode;
use super::super::source::Fault;
use super::gzip::{self, LONGEST_HEADER, MAGIC, Member, next_member};
use super::{Capture, Limits, Source};

/// Packed bytes asked for, and unpacked bytes made, at a time.
const READ: usize = 32 * 1024;

/// Packed bytes of a member that are kept so that its damage can be undone; a longer member is not
/// that of one record.
const KEPT: usize = 16 << 20;

/// The unpacked stream. Every position is one in what has been unpacked so far.
pub(super) struct Stream {
    limits: Limits,
    /// Whether the file is in gzip members; not known before its first bytes are seen.
    packed: Option<bool>,
    buffer: Vec<u8>,
    start: usize,
    /// Position of the buffer's first byte.
    base: u64,
    /// Where each member begins: position, and place in the file.
    members: VecDeque<(u64, u64)>,
    member: Option<Member>,
    damage: Option<Damage>,
}

/// What stands behind a record and its line ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    Nothing,
    /// What may open the next record.
    Record,
    Other,
}

/// What broke the stream, and the position at which the broken member begins.
struct Damage {
    begins: u64,
    fault: Fault,
}

impl Stream {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            packed: None,
            buffer: Vec::new(),
            start: 0,
            base: 0,
            members: VecDeque::new(),
            member: None,
            damage: None,
        }
    }

    /// Members are also believed in where the first of them is damaged and another begins a record.
    fn is_packed(&mut self, source: &mut Source) -> bool {
        *self.packed.get_or_insert_with(|| {
            let head = source.peek(READ + LONGEST_HEADER);
            head.starts_with(&MAGIC)
                || (!head.starts_with(b"WARC/") && next_member(head, 0).is_some())
        })
    }

    /// What is at hand, at least `length` bytes unless there are no more before the end or the damage.
    pub(super) fn peek<'a>(&'a mut self, source: &'a mut Source, length: usize) -> &'a [u8] {
        if !self.is_packed(source) {
            return source.peek(length);
        }
        if self.buffer.len() - self.start < length {
            self.buffer.drain(..self.start);
            self.base += self.start as u64;
            self.start = 0;
            while self.buffer.len() < length && self.more(source) {}
        }
        self.buffer.get(self.start..).unwrap_or_default()
    }

    /// Goes on behind these bytes.
    pub(super) fn consume(&mut self, source: &mut Source, length: usize) {
        if !self.is_packed(source) {
            return source.consume(length);
        }
        self.start = self.buffer.len().min(self.start + length);
    }

    /// Moves these bytes, which are at hand, into `piece`.
    pub(super) fn take(&mut self, source: &mut Source, length: usize, piece: &mut Capture) {
        let window = self.peek(source, length);
        piece.push(window.get(..length).unwrap_or(window));
        self.consume(source, length);
    }

    /// Goes on behind line ends.
    pub(super) fn skip_line_ends(&mut self, source: &mut Source) {
        loop {
            let window = self.peek(source, 1);
            let line_ends = window
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'))
                .count();
            let all = line_ends == window.len();
            self.consume(source, line_ends);
            if line_ends == 0 || !all {
                return;
            }
        }
    }

    fn position(&self) -> u64 {
        self.base + self.start as u64
    }

    /// Where in the file the next byte stands, or the member that holds it.
    pub(super) fn place(&mut self, source: &mut Source) -> u64 {
        // The member that the next byte is in may not have been begun.
        self.peek(source, 1);
        let position = self.position();
        while self
            .members
            .get(1)
            .is_some_and(|(begins, _)| *begins <= position)
        {
            self.members.pop_front();
        }
        match self.members.front() {
            Some((_, place)) => *place,
            None => source.offset(),
        }
    }

    /// True where the record of the next `length` bytes, with this behind it, comes from a member whose damage may have changed it.
    /// What was unpacked before the file ends is what was packed, if another record follows it; but a member that ends
    /// with its one record lacks the checksum alone, and one that goes on otherwise was changed and runs to the file's end.
    pub(super) fn is_damaged_within(&self, length: usize, behind: Behind) -> bool {
        let end = self.position() + length as u64;
        self.damage.as_ref().is_some_and(|damage| {
            let believed = damage.fault.code == RejectCode::TruncatedStream
                && match behind {
                    Behind::Record => true,
                    Behind::Nothing => damage.begins < self.position(),
                    Behind::Other => false,
                };
            damage.begins < end && !believed
        })
    }

    /// Moves all that is left before the end or the damage into `piece`.
    pub(super) fn take_rest(&mut self, source: &mut Source, piece: &mut Capture) {
        loop {
            let length = self.peek(source, 1).len();
            if length == 0 {
                return;
            }
            self.take(source, length, piece);
        }
    }

    /// What broke the stream, if it is broken. What is left of the broken member is dropped, and the
    /// stream goes on with the next member that begins a record.
    pub(super) fn go_on_behind_damage(&mut self, source: &mut Source) -> Option<Fault> {
        let damage = self.damage.take()?;
        self.base += self.buffer.len() as u64;
        self.buffer.clear();
        self.start = 0;
        self.members.clear();
        let mut from = 1;
        loop {
            let window = source.peek(from + READ + LONGEST_HEADER);
            if let Some(at) = next_member(window, from) {
                source.consume(at);
                break;
            }
            let (length, wanted) = (window.len(), from + READ + LONGEST_HEADER);
            if length < wanted {
                source.consume(length);
                break;
            }
            source.consume(from + READ);
            from = 0;
        }
        Some(damage.fault)
    }

    /// Unpacks once more; false at the end and at damage.
    fn more(&mut self, source: &mut Source) -> bool {
        if self.damage.is_some() {
            return false;
        }
        let end = self.base + self.buffer.len() as u64;
        let Some(member) = &mut self.member else {
            let head = source.peek(LONGEST_HEADER);
            if head.is_empty() {
                return false;
            }
            let length = gzip::header_length(head);
            self.members.push_back((end, source.offset()));
            match length {
                Some(used) => self.member = Some(Member::new(used)),
                None => self.break_off(gzip::corrupt("no gzip member begins here")),
            }
            return self.damage.is_none();
        };
        let window = source.peek(member.used() + READ);
        let before = self.buffer.len();
        let unpacked = member.unpack(window, &mut self.buffer, self.limits);
        if !source.spend((self.buffer.len() - before) as u64) {
            self.buffer.truncate(before);
            self.member = None;
            return false;
        }
        match unpacked {
            Ok(None) => {
                if member.used() > KEPT {
                    source.consume(member.take_used());
                }
                true
            }
            Ok(Some(length)) => {
                source.consume(length);
                self.member = None;
                true
            }
            Err(fault) => {
                self.break_off(fault);
                false
            }
        }
    }

    fn break_off(&mut self, fault: Fault) {
        self.member = None;
        let begins = self.members.back().map_or(self.base, |(begins, _)| *begins);
        self.damage = Some(Damage { begins, fault });
    }
}
