//! A bounded pipeline: work done in parallel, results taken in input order.
//!
//! It refuses to hold more than a fixed number of items between the reader and the writer, whatever
//! their number, so that memory does not grow with the archive.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Barrier, Mutex, PoisonError, mpsc};

/// How many items may be under way for each worker: enough that no worker waits while the results
/// of a slow neighbour are written.
const UNDER_WAY_PER_WORKER: usize = 4;

/// Runs `work` over `items` on every thread of `pool` and hands the results to `consume` in the order of
/// the items. Reading items and consuming results happen on the calling thread.
///
/// Each of the pool's threads runs one loop for the whole time, so that a `work` that waits for another
/// pool finds nothing to do in between. A barrier sees to it that no loop begins its work before every
/// loop has a thread: rayon would else give a waiting thread a second loop, under which the first
/// would never wake.
///
/// # Errors
/// The first error of `consume`; the items under way are then finished and dropped.
pub fn in_order<T, R, E>(
    pool: &rayon::ThreadPool,
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut consume: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
{
    let workers = pool.current_num_threads().max(1);
    let (task_in, task_out) = mpsc::channel::<(u64, T)>();
    let (result_in, result_out) = mpsc::channel();
    let task_out = Mutex::new(task_out);
    let all_begun = Barrier::new(workers);
    pool.in_place_scope(|scope| {
        for _ in 0..workers {
            let (tasks, results, work) = (&task_out, result_in.clone(), &work);
            let all_begun = &all_begun;
            scope.spawn(move |_| {
                all_begun.wait();
                loop {
                    let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((place, item)) = task else { return };
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    if results.send((place, result)).is_err() {
                        return;
                    }
                }
            });
        }
        let mut items = items.fuse();
        let mut waiting = BTreeMap::new();
        let (mut read, mut written) = (0u64, 0u64);
        let outcome = loop {
            while (read - written) < (workers * UNDER_WAY_PER_WORKER) as u64 {
                let Some(item) = items.next() else { break };
                // The receiver lives as long as this scope.
                let _ = task_in.send((read, item));
                read += 1;
            }
            if read == written {
                break Ok(());
            }
            let Ok((place, result)) = result_out.recv() else {
                break Ok(());
            };
            waiting.insert(place, result);
            let mut failed = None;
            while let Some(result) = waiting.remove(&written) {
                written += 1;
                match result {
                    Ok(result) => {
                        if let Err(error) = consume(result) {
                            failed = Some(error);
                            break;
                        }
                    }
                    Err(panic) => resume_unwind(panic),
                }
            }
            if let Some(error) = failed {
                break Err(error);
            }
        };
        // Closing the channel ends the workers' loops.
        drop(task_in);
        outcome
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn pool(threads: usize) -> rayon::ThreadPool {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a pool")
    }

    #[test]
    fn results_come_in_order_for_any_number_of_threads() {
        for threads in [1, 2, 5] {
            let mut seen = Vec::new();
            let done: Result<(), Infallible> = in_order(
                &pool(threads),
                0..500u64,
                |item| {
                    if item % 7 == 0 {
                        std::thread::yield_now();
                    }
                    item * 2
                },
                |result| {
                    seen.push(result);
                    Ok(())
                },
            );
            assert!(done.is_ok());
            assert_eq!(seen, (0..500).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_than_the_bound_is_under_way() {
        let under_way = AtomicUsize::new(0);
        let highest = AtomicUsize::new(0);
        let items = (0..200).inspect(|_| {
            let now = under_way.fetch_add(1, Ordering::SeqCst) + 1;
            highest.fetch_max(now, Ordering::SeqCst);
        });
        let done: Result<(), Infallible> = in_order(
            &pool(2),
            items,
            |item| item,
            |_| {
                under_way.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            },
        );
        assert!(done.is_ok());
        assert!(highest.load(Ordering::SeqCst) <= 2 * UNDER_WAY_PER_WORKER);
    }

    #[test]
    fn work_that_waits_for_another_pool_never_hangs() {
        let (done_in, done_out) = mpsc::channel();
        std::thread::spawn(move || {
            let other = pool(1);
            for _ in 0..300 {
                let work = |item: u64| other.install(|| item);
                let done: Result<(), Infallible> = in_order(&pool(2), 0..8u64, work, |_| Ok(()));
                assert!(done.is_ok());
            }
            let _ = done_in.send(());
        });
        let waited = done_out.recv_timeout(std::time::Duration::from_secs(120));
        assert!(waited.is_ok(), "it hangs");
    }

    #[test]
    fn an_error_of_the_writer_ends_it() {
        let done = in_order(
            &pool(2),
            0..1_000_000u64,
            |item| item,
            |item| if item == 3 { Err("disk full") } else { Ok(()) },
        );
        assert_eq!(done, Err("disk full"));
    }
}
