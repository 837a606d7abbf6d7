//! Which files a run reads.
//!
//! Decides by names alone and opens nothing but lists of names (`@files.txt`). What the user named must be there and be readable as
//! something, or the run does not start; what merely lies in a folder is read if its extension is
//! known, and listed as ignored if not.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::format::of_name;
use super::{Compression, Format, list};

/// What to read, and what not.
#[derive(Clone, Debug, Default)]
pub struct PlanOptions {
    /// Reads every file as this, whatever its name, also those in folders and archives.
    pub format: Option<Format>,
    /// The output, a file or a folder, which is never read as input.
    pub exclude: Option<PathBuf>,
}

/// The files of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order of the arguments; those of one folder or pattern sorted by the bytes of their
    /// paths. No file is there twice.
    pub files: Vec<InputFile>,
    /// What lies in the folders, or matches the patterns, and is not read.
    pub ignored: Vec<PathBuf>,
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFile {
    /// Where it is; `-` for standard input.
    pub path: PathBuf,
    /// The path as records have it: with `/` between folders, without a leading `./`.
    pub name: Arc<str>,
    /// What it holds.
    pub format: Format,
    /// What the members of an archive are read as, whatever their names; none where these say it.
    pub members: Option<Format>,
    /// How it is packed, by its name.
    pub compression: Compression,
    /// Its size as it lies there; none for what has no size, such as a pipe.
    pub bytes: Option<u64>,
}

impl InputFile {
    /// True for standard input.
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// Why a run cannot start.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// A named input is missing.
    #[error("{}: there is no such file or folder; check the path", .0.display())]
    Missing(PathBuf),
    /// A pattern without a match.
    #[error("{0}: no file matches this pattern; check it, and quote it for the shell")]
    NoMatch(String),
    /// A pattern that is none.
    #[error("{pattern}: {problem}; check the pattern")]
    Pattern {
        /// As it was given.
        pattern: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A named file whose extension says nothing.
    #[error(
        "{}: the extension is not one of .txt .text .html .htm .warc .jsonl .ndjson .json .csv .tsv \
         .parquet .tar .tgz .zip (also .gz, .zst); say what it holds with `--format`", .0.display()
    )]
    UnknownFormat(PathBuf),
    /// Standard input as something that is read from its end.
    #[error(
        "-: {0} is read from its end, which standard input does not have yet; give the file itself"
    )]
    NotFromStdin(&'static str),
    /// A list of inputs that cannot be read.
    #[error("{}: {error}; a list (`@FILE`) is text, with one input a line", path.display())]
    List {
        /// The list.
        path: PathBuf,
        /// What is wrong.
        error: io::Error,
    },
    /// The input is the output, or lies in it.
    #[error("{}: this is the output, or lies in it; choose another output", .0.display())]
    IsOutput(PathBuf),
    /// A folder that cannot be read.
    #[error("{}: {error}; check the permissions", path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// Expands the inputs of a run: files, folders (with all that is in them but hidden entries, along
/// links), patterns with `*`, `?` and `[` that are no existing path, `@FILE` for a list of these, and
/// `-` for standard input, which is read as JSON lines unless a format is given.
///
/// # Errors
/// An [`InputError`], which names the path and the remedy.
pub fn plan(inputs: &[PathBuf], options: &PlanOptions) -> Result<Plan, InputError> {
    let mut planner = Planner {
        format: options.format,
        output: options
            .exclude
            .as_deref()
            .and_then(|path| path.canonicalize().ok()),
        seen: HashSet::new(),
        plan: Plan::default(),
    };
    for input in inputs {
        match list::named(input) {
            Some(path) => {
                for listed in list::read(path)? {
                    planner.add(&listed)?;
                }
            }
            None => planner.add(input)?,
        }
    }
    Ok(planner.plan)
}

struct Planner {
    format: Option<Format>,
    /// Canonical, if it exists.
    output: Option<PathBuf>,
    /// Canonical paths of the files so far.
    seen: HashSet<PathBuf>,
    plan: Plan,
}

impl Planner {
    fn add(&mut self, input: &Path) -> Result<(), InputError> {
        if input.as_os_str() == "-" {
            let format = self.format.unwrap_or(Format::JsonLines);
            if format.needs_seeking() {
                return Err(InputError::NotFromStdin(format.name()));
            }
            self.push(input, format, Compression::None);
            return Ok(());
        }
        match fs::metadata(input) {
            Ok(data) => {
                let canonical = input.canonicalize();
                if canonical.is_ok_and(|path| self.is_output(&path)) {
                    return Err(InputError::IsOutput(input.to_owned()));
                }
                if data.is_dir() {
                    return self.add_folder(input);
                }
                let (known, compression) = of_name(input);
                let format = self.format_of(known);
                let format = format.ok_or_else(|| InputError::UnknownFormat(input.to_owned()))?;
                self.push(input, format, compression);
                Ok(())
            }
            Err(_) => match input.to_str() {
                Some(pattern) if pattern.contains(['*', '?', '[']) => self.add_pattern(pattern),
                _ => Err(InputError::Missing(input.to_owned())),
            },
        }
    }

    fn add_pattern(&mut self, pattern: &str) -> Result<(), InputError> {
        let options = glob::MatchOptions {
            require_literal_leading_dot: true,
            require_literal_separator: true,
            ..Default::default()
        };
        let paths = glob::glob_with(pattern, options).map_err(|error| InputError::Pattern {
            pattern: pattern.to_owned(),
            problem: error.to_string(),
        })?;
        let mut found = Vec::new();
        for path in paths {
            found.push(path.map_err(|error| InputError::Unreadable {
                path: error.path().to_owned(),
                error: error.into(),
            })?);
        }
        if found.is_empty() {
            return Err(InputError::NoMatch(pattern.to_owned()));
        }
        sort(&mut found);
        for path in found {
            if path.is_dir() {
                self.add_folder(&path)?;
            } else {
                self.add_found(&path);
            }
        }
        Ok(())
    }

    fn add_folder(&mut self, folder: &Path) -> Result<(), InputError> {
        let mut found = Vec::new();
        let entries = WalkDir::new(folder)
            .follow_links(true)
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
        for entry in entries {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => found.push(entry.into_path()),
                // A folder inside itself: what is in it has been seen.
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    // A link to nothing is a file that cannot be opened, which is for its reader to
                    // report.
                    if path.is_symlink() && !path.exists() {
                        if !path.file_name().is_some_and(is_hidden) {
                            found.push(path);
                        }
                        continue;
                    }
                    let error = error.into_io_error();
                    let error = error.unwrap_or_else(|| io::ErrorKind::Other.into());
                    return Err(InputError::Unreadable { path, error });
                }
            }
        }
        sort(&mut found);
        for path in found {
            self.add_found(&path);
        }
        Ok(())
    }

    /// Adds what lies in a folder, if it can be read as something. A pipe or a device is not looked
    /// for there: opening it could wait for ever.
    fn add_found(&mut self, path: &Path) {
        if path.canonicalize().is_ok_and(|path| self.is_output(&path)) {
            return;
        }
        let (known, compression) = of_name(path);
        let is_file = fs::metadata(path).map_or(true, |data| data.is_file());
        match self.format_of(known) {
            Some(format) if is_file => self.push(path, format, compression),
            _ => self.plan.ignored.push(path.to_owned()),
        }
    }

    fn push(&mut self, path: &Path, format: Format, compression: Compression) {
        let canonical = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        if !self.seen.insert(canonical) {
            return;
        }
        let data = fs::metadata(path).ok().filter(fs::Metadata::is_file);
        self.plan.files.push(InputFile {
            path: path.to_owned(),
            name: name_of(path),
            format,
            members: self.format.filter(|given| *given != format),
            compression,
            bytes: data.map(|data| data.len()),
        });
    }

    /// What a file is read as: what was asked for, if anything. An archive stays one, and its members are
    /// read as that.
    fn format_of(&self, known: Option<Format>) -> Option<Format> {
        let archive = known.filter(|known| known.is_archive());
        match (self.format, archive) {
            (Some(given), Some(archive)) if !given.is_archive() => Some(archive),
            (given, _) => given.or(known),
        }
    }

    fn is_output(&self, canonical: &Path) -> bool {
        let output = self.output.as_deref();
        output.is_some_and(|output| canonical.starts_with(output))
    }
}

fn sort(paths: &mut [PathBuf]) {
    paths.sort_by(|a, b| {
        let (a, b) = (a.as_os_str(), b.as_os_str());
        a.as_encoded_bytes().cmp(b.as_encoded_bytes())
    });
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The path as records have it.
fn name_of(path: &Path) -> Arc<str> {
    let name = path.to_string_lossy();
    let name = name.replace(std::path::MAIN_SEPARATOR, "/");
    let mut name = name.as_str();
    while let Some(rest) = name.strip_prefix("./") {
        name = rest.trim_start_matches('/');
    }
    name.into()
}
