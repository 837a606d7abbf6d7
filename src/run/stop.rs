//! The wish to end early, and a standard input that does not outwait it.
//!
//! A run that is asked to stop begins nothing new, commits the shards that are whole, and leaves a folder that
//! the same command goes on with. It refuses to kill a thread: an article that is being worked on is
//! finished first.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

/// A wish that whoever has a copy may express and look at.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// True once it has been expressed.
    pub fn is_requested(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// What a signal sets.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}

/// How often a wait for standard input looks whether to stop.
const LOOK_EVERY: Duration = Duration::from_millis(50);
const BLOCK: usize = 1 << 16;

/// A stream that is read on a thread of its own, so that waiting for it can be given up. It then ends,
/// as if nothing more came: its reader must ask [`Stop`] before it believes that.
pub struct Stoppable {
    blocks: Receiver<io::Result<Vec<u8>>>,
    block: io::Cursor<Vec<u8>>,
    stop: Stop,
}

impl Stoppable {
    /// Begins to read.
    pub fn new(mut stream: impl Read + Send + 'static, stop: Stop) -> Self {
        let (send, blocks) = sync_channel(1);
        std::thread::spawn(move || {
            loop {
                let mut block = vec![0; BLOCK];
                let read = match stream.read(&mut block) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    read => read,
                };
                let ended = !matches!(read, Ok(length) if length > 0);
                let sent = send.send(read.map(|length| {
                    block.truncate(length);
                    block
                }));
                if ended || sent.is_err() {
                    return;
                }
            }
        });
        Self {
            blocks,
            block: io::Cursor::default(),
            stop,
        }
    }
}

impl Read for Stoppable {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let length = self.block.read(buffer)?;
            if length > 0 || self.stop.is_requested() {
                return Ok(length);
            }
            match self.blocks.recv_timeout(LOOK_EVERY) {
                Ok(block) => match block? {
                    end if end.is_empty() => return Ok(0),
                    block => self.block = io::Cursor::new(block),
                },
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bytes_come_through() {
        let bytes: Vec<u8> = (0..5 * BLOCK / 2).map(|i| (i % 251) as u8).collect();
        let mut read = Vec::new();
        let mut stream = Stoppable::new(io::Cursor::new(bytes.clone()), Stop::default());
        stream.read_to_end(&mut read).expect("read");
        assert_eq!(read, bytes);
        assert_eq!(stream.read(&mut [0; 8]).expect("still at the end"), 0);
    }

    #[test]
    fn an_error_comes_through() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("broken"))
            }
        }
        let mut stream = Stoppable::new(Broken, Stop::default());
        let error = stream.read(&mut [0; 8]).expect_err("an error");
        assert_eq!(error.to_string(), "broken");
    }

    #[test]
    fn a_wait_is_given_up() {
        let (hold, held) = std::sync::mpsc::channel::<()>();
        struct Silent(Receiver<()>);
        impl Read for Silent {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                let _ = self.0.recv();
                Ok(0)
            }
        }
        let stop = Stop::default();
        let mut stream = Stoppable::new(Silent(held), stop.clone());
        stop.flag().store(true, Ordering::SeqCst);
        assert_eq!(stream.read(&mut [0; 8]).expect("an end"), 0);
        drop(hold);
    }
}
