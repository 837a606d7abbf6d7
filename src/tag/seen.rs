//! Windows that were scored before, so that text which comes again is not computed again: copies of one agency's story, notes of
//! editors, boilerplate.
//!
//! It stands in front of any engine. A window is known by all of its pieces and cases, compared one by one, and what is remembered
//! is what the engine gave: since an engine gives for a window what it gives for it alone, no output can tell whether a window was
//! computed or remembered. Memory is bounded; what has not been asked for goes first.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::mem::size_of;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Input, Scores, TagError, Tagger};

/// Bytes that are remembered for each thread that tags: some 1,700 windows of news. So few that peak memory hardly shows the
/// size of the archive (`scripts/soak --memory`).
pub const BYTES_PER_THREAD: usize = 4 << 20;

/// What an entry costs beside its numbers, about: its vectors, its place in the table, the allocator's own.
const ENTRY: usize = size_of::<(Input, Arc<Scores>)>() + size_of::<Scores>() + 64;

/// Scores by window, shared by all workers: copies come to different ones. It is locked twice a call, never while the engine
/// computes.
pub struct Seen {
    shelves: Mutex<Shelves>,
}

/// Two generations. Half of the memory is for the young; when it is full, they become the old, and the old are forgotten, but for
/// those that were asked for and so are young again.
struct Shelves {
    young: HashMap<Input, Arc<Scores>>,
    old: HashMap<Input, Arc<Scores>>,
    /// What the young take.
    bytes: usize,
    /// What they may take.
    limit: usize,
}

/// Where a window's scores are.
enum Place {
    Known(Arc<Scores>),
    /// Among those computed in this call.
    Computed(usize),
}

impl Seen {
    /// Remembers nothing yet, and never more than about so many bytes.
    pub fn new(bytes: usize) -> Self {
        let shelves = Shelves {
            young: HashMap::new(),
            old: HashMap::new(),
            bytes: 0,
            limit: bytes / 2,
        };
        Self {
            shelves: Mutex::new(shelves),
        }
    }

    /// What `tagger` gives for the windows; it is asked only for those that were not seen before, and once for each.
    ///
    /// # Errors
    /// The engine's own.
    pub fn score(&self, tagger: &dyn Tagger, windows: &[Input]) -> Result<Vec<Scores>, TagError> {
        let mut missing = Vec::new();
        let places = self.places(windows, &mut missing);
        let computed = if missing.is_empty() {
            Vec::new()
        } else {
            tagger.score(&missing)?
        };
        let computed: Vec<Arc<Scores>> = computed.into_iter().map(Arc::new).collect();
        let mut shelves = self.shelves();
        for (window, scores) in missing.into_iter().zip(&computed) {
            shelves.keep(window, Arc::clone(scores));
        }
        drop(shelves);
        let scores = places.iter().filter_map(|place| match place {
            Place::Known(scores) => Some(Scores::clone(scores)),
            Place::Computed(place) => computed.get(*place).map(|scores| Scores::clone(scores)),
        });
        Ok(scores.collect())
    }

    /// Forgets everything.
    pub fn forget(&self) {
        self.shelves().clear();
    }

    /// Forgets everything, and remembers nothing from now on.
    pub fn stop(&self) {
        let mut shelves = self.shelves();
        shelves.clear();
        shelves.limit = 0;
    }

    /// Where the scores of each window are; those that must be computed go to `missing`.
    fn places(&self, windows: &[Input], missing: &mut Vec<Input>) -> Vec<Place> {
        let mut new: HashMap<&Input, usize> = HashMap::new();
        let mut shelves = self.shelves();
        let places = windows.iter().map(|window| {
            if let Some(scores) = shelves.find(window) {
                return Place::Known(scores);
            }
            Place::Computed(match new.entry(window) {
                Entry::Occupied(place) => *place.get(),
                Entry::Vacant(entry) => {
                    missing.push(window.clone());
                    *entry.insert(missing.len() - 1)
                }
            })
        });
        places.collect()
    }

    fn shelves(&self) -> MutexGuard<'_, Shelves> {
        // Whoever panicked left two tables of whole entries.
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelves {
    fn find(&mut self, window: &Input) -> Option<Arc<Scores>> {
        if let Some(scores) = self.young.get(window) {
            return Some(Arc::clone(scores));
        }
        let (window, scores) = self.old.remove_entry(window)?;
        self.keep(window, Arc::clone(&scores));
        Some(scores)
    }

    fn keep(&mut self, window: Input, scores: Arc<Scores>) {
        let numbers = window.ids.len() + window.cases.len() + scores.log_probabilities.len();
        let bytes = ENTRY + numbers * size_of::<u32>();
        if bytes > self.limit {
            return;
        }
        if self.bytes + bytes > self.limit {
            self.old = std::mem::take(&mut self.young);
            self.bytes = 0;
        }
        if self.young.insert(window, scores).is_none() {
            self.bytes += bytes;
        }
    }

    fn clear(&mut self) {
        self.young.clear();
        self.old.clear();
        self.bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use proptest::prelude::*;

    use super::*;
    use crate::tag::LabelSet;

    /// An engine whose scores are made of a window's numbers, and which counts what it is asked for.
    struct Counting {
        labels: LabelSet,
        asked: AtomicUsize,
    }

    impl Counting {
        fn new() -> Self {
            let folder = crate::tag::folder::Folder::BuiltIn;
            let (config, tokenizer) = (folder.read("config.json"), folder.read("tokenizer.json"));
            let names = crate::tag::LabelNames::standard();
            let model =
                crate::tag::model::Model::new(&config.unwrap(), &tokenizer.unwrap(), &names);
            Self {
                labels: model.unwrap().labels,
                asked: AtomicUsize::new(0),
            }
        }
    }

    impl Tagger for Counting {
        fn labels(&self) -> &LabelSet {
            &self.labels
        }

        fn score(&self, windows: &[Input]) -> Result<Vec<Scores>, TagError> {
            self.asked.fetch_add(windows.len(), Ordering::Relaxed);
            let each = windows.iter().map(|window| Scores {
                labels: 1,
                log_probabilities: (window.ids.iter().chain(&window.cases))
                    .map(|&number| number as f32)
                    .collect(),
            });
            if windows.iter().any(|window| window.ids.contains(&99)) {
                return Err(TagError("99".to_owned()));
            }
            Ok(each.collect())
        }
    }

    fn window(ids: &[u32], cases: &[u32]) -> Input {
        Input {
            ids: ids.to_vec(),
            cases: cases.to_vec(),
        }
    }

    #[test]
    fn what_has_stopped_remembers_nothing() {
        let (seen, tagger) = (Seen::new(1 << 20), Counting::new());
        let window = window(&[1], &[0]);
        for asked in [1, 2, 3] {
            if asked == 2 {
                seen.stop();
            }
            seen.score(&tagger, std::slice::from_ref(&window)).unwrap();
            assert_eq!(tagger.asked.load(Ordering::Relaxed), asked);
        }
    }

    #[test]
    fn a_window_is_computed_once_and_known_by_its_cases_too() {
        let (seen, tagger) = (Seen::new(1 << 20), Counting::new());
        let (plain, capital) = (window(&[1, 2], &[0, 0]), window(&[1, 2], &[0, 1]));
        let call = [plain.clone(), capital.clone(), plain.clone()];
        let first = seen.score(&tagger, &call).unwrap();
        assert_eq!(tagger.asked.load(Ordering::Relaxed), 2);
        assert_eq!(first, tagger.score(&call).unwrap());
        let asked = tagger.asked.load(Ordering::Relaxed);
        assert_eq!(seen.score(&tagger, &call).unwrap(), first);
        assert_eq!(tagger.asked.load(Ordering::Relaxed), asked);
        seen.forget();
        assert_eq!(seen.score(&tagger, &call).unwrap(), first);
        assert_eq!(tagger.asked.load(Ordering::Relaxed), asked + 2);
    }

    #[test]
    fn what_is_asked_for_stays_and_memory_is_bounded() {
        let (seen, tagger) = (Seen::new(100 * (ENTRY + 3 * 4)), Counting::new());
        let often = [window(&[7], &[])];
        for id in 1000..2000 {
            seen.score(&tagger, &[window(&[id], &[])]).unwrap();
            seen.score(&tagger, &often).unwrap();
            let shelves = seen.shelves();
            assert!(shelves.young.len() + shelves.old.len() <= 120);
            assert!(shelves.bytes <= shelves.limit);
        }
        // Each of the thousand once, and the one that came again and again once.
        assert_eq!(tagger.asked.load(Ordering::Relaxed), 1001);
    }

    #[test]
    fn a_failure_is_the_engines_and_leaves_nothing() {
        let (seen, tagger) = (Seen::new(1 << 20), Counting::new());
        let bad = [window(&[1], &[0]), window(&[99], &[0])];
        assert!(seen.score(&tagger, &bad).is_err());
        assert!(seen.score(&tagger, &bad).is_err());
        assert_eq!(seen.shelves().young.len(), 0);
    }

    proptest! {
        #[test]
        fn what_comes_out_is_what_the_engine_gives(
            calls in prop::collection::vec(prop::collection::vec((0u32..4, 0u32..2, 1usize..4), 0..6), 1..20),
            entries in 0usize..6,
        ) {
            let (seen, tagger) = (Seen::new(entries * 2 * (ENTRY + 24)), Counting::new());
            for call in calls {
                let windows: Vec<Input> = call
                    .into_iter()
                    .map(|(id, case, length)| window(&vec![id; length], &vec![case; length]))
                    .collect();
                let scores = seen.score(&tagger, &windows).unwrap();
                prop_assert_eq!(scores, tagger.score(&windows).unwrap());
            }
        }
    }
}
