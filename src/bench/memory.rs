//! The peak of the program's memory, as Linux tells it.

/// The highest resident memory so far, in bytes: `VmHWM` of a `/proc/PID/status` (proc(5)).
pub fn peak(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::peak;

    #[test]
    fn the_line_is_found_and_anything_else_is_none() {
        let status = "Name:\theadcount\nVmPeak:\t  900 kB\nVmHWM:\t  12 kB\nVmRSS:\t 10 kB\n";
        assert_eq!(peak(status), Some(12 * 1024));
        for other in ["", "VmHWM:", "VmHWM:\tmany kB", "VmHWM:\t12"] {
            assert_eq!(peak(other), None, "{other}");
        }
    }
}
