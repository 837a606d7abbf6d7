//! The verbs that print: they print what a shell and `man` take.

mod common;

use common::headcount;

fn printed(arguments: &[&str]) -> String {
    let output = headcount().args(arguments).output().expect("runs");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn completions_know_the_verbs() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        assert!(
            script.contains("annotate") && script.contains("verify"),
            "{shell}"
        );
    }
}

#[test]
fn manual_pages_are_roff() {
    assert!(printed(&["man"]).contains(".SH NAME"));
    assert!(printed(&["man", "annotate"]).contains("shard\\-size"));
    let unknown = headcount().args(["man", "dance"]).output().expect("runs");
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn wrong_arguments_are_told_and_exit_with_two() {
    for arguments in [
        vec!["annotate"],
        vec!["annotate", "corpus/"],
        vec!["annotate", "corpus/", "-o", "x", "--jobs", "0"],
        vec!["dance"],
    ] {
        let output = headcount().args(&arguments).output().expect("runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty());
    }
}
