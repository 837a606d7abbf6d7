//! A disk that fails where a test says so, and the tests that let it fail at every step.
//!
//! Each step is failed once, in one run, which must say so or do without; then the same run again must end
//! with the bytes of a run that nothing disturbed.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::*;
use crate::digest::sha256;

/// Which step fails on this thread, which is the one that touches the disk.
#[derive(Clone, Copy)]
struct Fault {
    /// Steps before it.
    before: u64,
    /// The system's number of the error.
    number: i32,
    /// All steps after it fail, too, as those of a process that is killed or of a disk that is gone.
    lasting: bool,
    happened: bool,
}

thread_local! {
    static FAULT: Cell<Option<Fault>> = const { Cell::new(None) };
}

/// A step of [`super::disk`].
pub fn step() -> io::Result<()> {
    let Some(mut fault) = FAULT.get() else {
        return Ok(());
    };
    let fails = fault.before == 0 && (fault.lasting || !fault.happened);
    fault.happened |= fails;
    fault.before = fault.before.saturating_sub(1);
    FAULT.set(Some(fault));
    if fails {
        Err(io::Error::from_raw_os_error(fault.number))
    } else {
        Ok(())
    }
}

/// `EIO` and `ENOSPC` on every Unix.
const INPUT_OUTPUT: i32 = 5;
const NO_SPACE: i32 = 28;

static ANNOTATOR: LazyLock<Annotator> =
    LazyLock::new(|| Annotator::embedded(1).expect("what is built in"));

/// Seven records in four shards, one of them at fault, one without text, and the last a copy of the first.
fn input(folder: &Path, fifth: &str) -> PathBuf {
    let path = folder.join("wire.jsonl");
    let lines = [
        r#"{"text": "Two died in Herat."}"#,
        r#"{"text": "Omar Haidari won."}"#,
        r#"{"text": "#,
        r#"{"text": "It rained."}"#,
        fifth,
        r#"{"text": " "}"#,
        r#"{"text": "Two  died in Herat."}"#,
    ];
    std::fs::write(&path, lines.join("\n")).expect("written");
    path
}

const FIFTH: &str = r#"{"text": "Ten fled to Quetta."}"#;

/// How the output is made: its compression, and what copies are told.
type How = (Compress, Dedup);

const PLAIN: How = (Compress::None, Dedup::Off);

fn settings(input: &Path, output: Output, (compress, dedup): How) -> Settings {
    Settings {
        inputs: vec![input.to_owned()],
        retry_rejects: false,
        output,
        format: None,
        limits: Limits::default(),
        fields: FieldOptions::default(),
        shard_size: 2,
        compress,
        dedup,
        limit: None,
        jobs: 1,
    }
}

fn annotate(settings: &Settings) -> Result<Summary, RunError> {
    let progress = Progress::new(ProgressMode::Silent);
    run(settings, &ANNOTATOR, &progress, &Stop::default())
}

/// Runs with this fault; what came of it, and whether the step was reached.
fn with_fault(settings: &Settings, fault: Fault) -> (Result<Summary, RunError>, bool) {
    FAULT.set(Some(fault));
    let result = annotate(settings);
    let happened = FAULT.take().is_some_and(|fault| fault.happened);
    (result, happened)
}

/// All files below a folder by name, save those that no reader of a run looks at.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| entry.expect("an entry").into_path())
        .filter(|path| path.is_file() && !path.starts_with(root.join(".headcount")))
        .map(|path| {
            let bytes = std::fs::read(&path).expect("a file");
            (path.strip_prefix(root).expect("inside").to_owned(), bytes)
        })
        .collect()
}

/// No shard of the folder has a receipt for files that it has not.
fn receipts_hold(root: &Path) {
    let files = tree(root);
    for (name, bytes) in &files {
        if name.starts_with("receipts") {
            let receipt: Receipt = serde_json::from_slice(bytes).expect("a whole receipt");
            for seal in receipt.files {
                let bytes = files.get(Path::new(&seal.name)).expect("a sealed file");
                assert_eq!(sha256(bytes), seal.sha256, "{}", seal.name);
            }
        }
    }
}

/// Fails every step of a run in a folder that `prepare` leaves. Gives the number of steps.
fn every_step(how: How, faults: &[(i32, bool)], prepare: impl Fn(&Path, &Path)) -> u64 {
    let work = tempfile::tempdir().expect("a folder");
    let undisturbed = work.path().join("undisturbed");
    let input = input(work.path(), FIFTH);
    annotate(&settings(&input, Output::Folder(undisturbed.clone()), how)).expect("a run");
    let expected = tree(&undisturbed);
    assert_eq!(expected.len(), 4 + 1 + 1 + 4 + 1, "{:?}", expected.keys());
    let mut steps = 0;
    for before in 0.. {
        let mut reached = false;
        for &(number, lasting) in faults {
            let at = format!("step {before}, error {number}, lasting {lasting}");
            let root = work.path().join("out");
            prepare(work.path(), &root);
            let settings = settings(&input, Output::Folder(root.clone()), how);
            let fault = Fault {
                before,
                number,
                lasting,
                happened: false,
            };
            let (result, happened) = with_fault(&settings, fault);
            reached |= happened;
            match result {
                // What could not be read back was made again.
                Ok(_) => assert_eq!(tree(&root), expected, "{at}"),
                Err(error) => {
                    assert!(happened, "{at}: {error}");
                    assert!(error.to_string().contains("out"), "{at}: {error}");
                }
            }
            if root.is_dir() {
                receipts_hold(&root);
            }
            annotate(&settings).unwrap_or_else(|error| panic!("{at}, then: {error}"));
            assert_eq!(tree(&root), expected, "{at}");
            let uncommitted = root.join(".headcount/uncommitted");
            assert!(disk::is_empty(&uncommitted).expect("a folder"), "{at}");
            let found = verify(&root, |_| ()).expect("a run").findings;
            assert!(found.is_empty(), "{at}: {found:?}");
            std::fs::remove_dir_all(&root).expect("removed");
        }
        if !reached {
            break;
        }
        steps += 1;
    }
    steps
}

/// Number and whether it lasts.
const FAULTS: [(i32, bool); 3] = [(INPUT_OUTPUT, false), (NO_SPACE, false), (NO_SPACE, true)];

#[test]
fn a_new_run_survives_a_fault_at_every_step() {
    let steps = every_step(PLAIN, &FAULTS, |_, _| ());
    assert!(steps > 60, "only {steps} steps");
}

#[test]
fn compressors_survive_a_full_disk_at_every_step() {
    for compress in [Compress::Gz, Compress::Zst] {
        let steps = every_step((compress, Dedup::Off), &[(NO_SPACE, false)], |_, _| ());
        assert!(steps > 60, "only {steps} steps");
    }
}

/// Fails every step of a run in a folder of which one shard holds; one has no receipt, one is stale, one has too many
/// records, and one is one too many.
fn every_step_of_one_that_goes_on(how: How, faults: &[(i32, bool)]) -> u64 {
    every_step(how, faults, |work, root| {
        let older = input(work, r#"{"text": "Nine fled to Quetta."}"#);
        let text = std::fs::read_to_string(&older).expect("read");
        std::fs::write(&older, text + "\n{}\n{\"text\": \"Over.\"}").expect("written");
        annotate(&settings(&older, Output::Folder(root.to_owned()), how)).expect("a run");
        std::fs::remove_file(root.join("receipts/part-00001.json")).expect("removed");
        input(work, FIFTH);
    })
}

#[test]
fn a_run_that_goes_on_survives_a_fault_at_every_step() {
    let steps = every_step_of_one_that_goes_on(PLAIN, &FAULTS);
    assert!(steps > 80, "only {steps} steps");
}

#[test]
fn a_run_that_tells_copies_survives_a_fault_at_every_step() {
    let how = (Compress::Gz, Dedup::Near);
    let steps = every_step_of_one_that_goes_on(how, &FAULTS);
    assert!(steps > 80, "only {steps} steps");
}

#[test]
fn a_single_file_is_whole_or_as_it_was() {
    let work = tempfile::tempdir().expect("a folder");
    let input = input(work.path(), FIFTH);
    let out = work.path().join("out.jsonl.gz");
    let settings = settings(&input, Output::File(out.clone()), PLAIN);
    annotate(&settings).expect("a run");
    let whole = std::fs::read(&out).expect("read");
    let names = || tree(work.path()).into_keys().collect::<Vec<_>>();
    let expected = names();
    for before in 0.. {
        for lasting in [false, true] {
            std::fs::write(&out, "of old").expect("written");
            let fault = Fault {
                before,
                number: NO_SPACE,
                lasting,
                happened: false,
            };
            let (result, happened) = with_fault(&settings, fault);
            let now = std::fs::read(&out).expect("read");
            match result {
                Ok(_) => assert_eq!(now, whole),
                Err(_) => assert!(now == whole || now == b"of old", "step {before}"),
            }
            // Nothing half done lies about.
            assert_eq!(names(), expected, "step {before}");
            if !happened {
                assert!(before > 8, "only {before} steps");
                return;
            }
        }
    }
}

#[test]
fn only_the_disks_own_module_touches_the_disk() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/run");
    for path in disk::files(&folder).expect("the sources") {
        let name = path.file_name().expect("a name").to_string_lossy();
        if ["disk.rs", "faults.rs", "snapshot.rs"].contains(&&*name) {
            continue;
        }
        let source = std::fs::read_to_string(&path).expect("a source");
        for outside in ["std::fs", "tempfile"] {
            assert!(!source.contains(outside), "{name} has {outside}");
        }
    }
}
