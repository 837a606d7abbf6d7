//! Names the program by its sources, so that a run that another build began is never continued as if
//! nothing had changed.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

fn main() {
    let mut files = Vec::new();
    collect(Path::new("src"), &mut files);
    files.push(PathBuf::from("Cargo.lock"));
    files.sort();
    let mut digest = Sha256::new();
    for file in &files {
        println!("cargo:rerun-if-changed={}", file.display());
        if let Ok(bytes) = std::fs::read(file) {
            digest.update(Sha256::digest(&bytes));
        }
    }
    println!("cargo:rerun-if-changed=src");
    let hex: String = digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    println!("cargo:rustc-env=HEADCOUNT_CODE={hex}");
    // The engine `libtorch` finds its libraries where it was built against them, with nothing to set at run time.
    println!("cargo:rerun-if-env-changed=LIBTORCH");
    if let (Ok(_), Ok(libtorch)) = (
        std::env::var("CARGO_FEATURE_LIBTORCH"),
        std::env::var("LIBTORCH"),
    ) {
        println!("cargo:rustc-link-arg=-Wl,-rpath,{libtorch}/lib");
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
