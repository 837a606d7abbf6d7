//! What libtorch computes on.

use std::str::FromStr;

/// A device, as `--device` names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Device {
    /// The processor.
    #[default]
    Cpu,
    /// The graphics processor of this number.
    Cuda(usize),
}

impl FromStr for Device {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let number = match name {
            "cpu" => return Ok(Self::Cpu),
            "cuda" => Some(0),
            _ => name
                .strip_prefix("cuda:")
                .and_then(|number| number.parse().ok()),
        };
        number
            .map(Self::Cuda)
            .ok_or_else(|| "give cpu, cuda or cuda:N".to_owned())
    }
}

impl Device {
    /// The device as libtorch has it.
    ///
    /// # Errors
    /// There is no such device, or this libtorch cannot use it.
    pub(super) fn available(self) -> Result<tch::Device, String> {
        let Self::Cuda(number) = self else {
            return Ok(tch::Device::Cpu);
        };
        let there = if tch::Cuda::is_available() {
            tch::Cuda::device_count()
        } else {
            0
        };
        if (number as i64) < there {
            Ok(tch::Device::Cuda(number))
        } else {
            Err(format!(
                "--device cuda:{number}: libtorch sees {there} CUDA devices; it must be the build of libtorch with CUDA, and the \
                 driver must be loaded"
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_read() {
        assert_eq!("cpu".parse(), Ok(Device::Cpu));
        assert_eq!("cuda".parse(), Ok(Device::Cuda(0)));
        assert_eq!("cuda:3".parse(), Ok(Device::Cuda(3)));
        for wrong in ["gpu", "cuda:", "cuda:x", "CPU", ""] {
            assert!(wrong.parse::<Device>().is_err(), "{wrong}");
        }
    }
}
